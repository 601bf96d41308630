import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { OrganizationId } from '../../domain/ids.ts';
import { catalogue } from '../../domain/subscription/catalogue.ts';
import { plans } from '../../domain/subscription/subscription.schema.ts';
import { type Entry, people, written as writtenFor } from '../support/audit-trail.ts';
import { eventually, startTestProduct, type TestProduct } from '../support/product.ts';
import { newTeamRecord } from './domain/support/changes.ts';

const Plan = z.enum(plans);

let product: TestProduct;
let who: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  // Five retries of a poisoned record would take six seconds.
  product = await startTestProduct({ firstBackOff: 10 });
  who = await people(product);
});
afterAll(() => product.stop());

const feed = (query: string, token = who.superAdmin) => product.api(`/api/admin/audit?${query}`, { token });

/** The feed's matching entries, once there are any: those of a session follow all earlier ones. */
const fed = (query: string): Promise<Entry[]> =>
  eventually(
    async () => {
      const { items } = (await feed(query)).body;
      return items.length > 0 && items;
    },
    `an entry for ${query}`,
    60,
  );
const written = (query: string) => writtenFor(product, who.admin, who.home, query);

describe('the feed of all organizations', () => {
  it('shows the super admin what happened anywhere, newest first, and nobody else anything', async () => {
    const names = (await fed('action=session.&organizationId=platform')).map(({ actorName }) => actorName);
    expect(names).toContain('Sofia Keller');
    const all = await fed('limit=100');
    const times = all.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(all.map(({ organizationId }) => organizationId)).size).toBeGreaterThan(1);
    const own = await fed(`organizationId=${who.foreign}&limit=5`);
    expect(new Set(own.map(({ organizationId }) => organizationId))).toEqual(new Set([who.foreign]));
    for (const token of [who.admin, who.leader, who.member]) expect((await feed('', token)).status).toBe(403);
  });
});

/** Direct access to the table, without the gate. */
function engine() {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const inner = new DynamoDBClient({
    endpoint: product.aws.engineEndpoint,
    region: 'us-east-1',
    credentials,
  });
  const TableName = product.functions.find(({ title }) => title === 'admin')?.environment.TABLE_NAME;
  return { client: DynamoDBDocumentClient.from(inner), TableName };
}

describe('the writer', () => {
  const stored = async ({ organizationId, timestamp, id }: Entry) => {
    const { client, TableName } = engine();
    const Key = { pk: `${organizationId}#audit#${timestamp.slice(0, 7)}`, sk: `${timestamp}#${id}` };
    return (await client.send(new GetCommand({ TableName, Key }))).Item;
  };

  it('gives entries the time to live of the plan, and the platform’s none', async () => {
    // Entries of the platform's users in the organization are kept longer, and may be the newest.
    const entry = (await written('limit=50')).find(({ role }) => role === 'org_admin');
    if (entry === undefined) throw new Error('the trail has nothing of its admin');
    const { body } = await product.api(`/api/admin/organizations/${who.home}`, { token: who.superAdmin });
    const { auditRetentionDays } = catalogue[Plan.parse(body.subscription.plan)];
    const writtenAt = Math.floor(Date.parse(entry.timestamp) / 1000);
    expect((await stored(entry))?.expiresAt).toBe(writtenAt + auditRetentionDays * 86_400);
    // The newest entry may be the refusal of an outsider, which isn't kept forever.
    const [platforms] = await fed('organizationId=platform&action=session.&limit=1');
    const own = platforms && (await stored(platforms));
    expect(own).toMatchObject({ organizationId: 'platform' });
    expect(own).not.toHaveProperty('expiresAt');
  });

  it('tells what one request did in the order in which it was written, whatever the clock says', async () => {
    const body = { name: 'Otto Ordered', email: 'otto.ordered@northwind.example', role: 'team_member' };
    const path = `/api/organizations/${who.home}/invitations`;
    const { id } = (await product.api(path, { token: who.admin, method: 'POST', body })).body;
    const entries = await eventually(async () => {
      const { items } = (
        await product.api(`/api/organizations/${who.home}/audit?resource=invitation/${id}`, {
          token: who.admin,
        })
      ).body;
      return items.length > 1 && items;
    }, 'both entries of the invitation');
    const revisions = entries.map(
      ({ details }: { details: { after: { revision: number } } }) => details.after.revision,
    );
    expect(revisions).toEqual([...revisions].sort((a, b) => b - a));
    expect(new Set(entries.map(({ id: entry }: Entry) => entry)).size).toBe(entries.length);
  });

  it('keeps what a super admin did the longest, whatever plan they give the organization', async () => {
    const token = who.superAdmin;
    const path = `/api/admin/organizations/${who.foreign}`;
    const { body: found, headers } = await product.api(path, { token });
    expect(found.id).toBe(who.foreign);
    const reading = { token, headers: { 'if-match': headers.get('etag') ?? '' } };
    const name = `${found.name} and more`;
    const changed = await product.api(path, { ...reading, method: 'PATCH', body: { name } });
    expect(changed.status).toBe(200);
    const [entry] = await fed(`organizationId=${who.foreign}&action=organization.updated&limit=1`);
    if (entry === undefined) throw new Error('the change has no entry');
    const days = Math.max(...Object.values(catalogue).map(({ auditRetentionDays }) => auditRetentionDays));
    const writtenAt = Math.floor(Date.parse(entry.timestamp) / 1000);
    expect((await stored(entry))?.expiresAt).toBe(writtenAt + days * 86_400);
  });

  it('puts a record it can’t read aside, whole, and writes what comes before and after', async () => {
    const invite = async (email: string) => {
      const body = { name: 'N', email, role: 'team_member' };
      const path = `/api/organizations/${who.home}/invitations`;
      return (await product.api(path, { token: who.admin, method: 'POST', body })).body.id;
    };
    const before = await invite('before@northwind.example');
    const { client, TableName } = engine();
    const Item = { pk: 'nowhere#poison', sk: 'poison', entity: 'user' };
    await client.send(new PutCommand({ TableName, Item }));
    const after = await invite('after@northwind.example');
    for (const id of [before, after]) await written(`resource=invitation/${id}`);
    const aside = await eventually(
      async () => {
        const { failures } = (await product.api('/local/state.json')).body;
        return failures.length > 0 && failures;
      },
      'the record is set aside',
      60,
    );
    expect(JSON.stringify(aside[0])).toContain('#poison');
  });

  /** Runs `npm run redrive` against the product. */
  async function redrive() {
    const env = { ...process.env, MTCMS_STATE_DIRECTORY: product.stateDirectory };
    const child = spawn(process.execPath, ['infra/local/redrive.ts'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [said, failed, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { said: `${said}${failed}`, code };
  }

  it('is given again what is in the failure bucket, once; what still can’t be read stays there', async () => {
    const writer = product.functions.find(({ title }) => title === 'audit-writer');
    const record = newTeamRecord(OrganizationId.parse(who.home), 1, new Date());
    const failure = {
      requestContext: {
        ...{ requestId: 'r', functionArn: writer?.arn },
        ...{ condition: 'RecordAgeExceeded', approximateInvokeCount: 9 },
      },
      ...{ version: '1.0', timestamp: new Date().toISOString() },
      DDBStreamBatchInfo: {
        ...{ shardId: 's', startSequenceNumber: '1', endSequenceNumber: '1', batchSize: 1, streamArn: 'a' },
        ...{ approximateArrivalOfFirstRecord: '', approximateArrivalOfLastRecord: '' },
      },
      payload: JSON.stringify({ Records: [record] }),
    };
    const folder = join(
      product.stateDirectory,
      's3',
      writer?.environment.FAILURE_BUCKET ?? '',
      'aws/lambda/m/s',
    );
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'one'), JSON.stringify(failure));

    const first = await redrive();
    expect(first.said).toContain('Replayed: 1 record in 1 object.');
    expect(first.said).toContain('/unreadable/');
    expect(first.code).toBe(1);
    await written('resource=team/team_1');
    const second = await redrive();
    expect(second.said).toContain('Replayed: 0 records in 0 objects.');
    expect(await written('resource=team/team_1')).toHaveLength(1);
    const { failures } = (await product.api('/local/state.json')).body;
    // In the order of their names if both were set aside in the same second.
    expect(failures.map(({ key }: { key: string }) => key).toSorted()).toEqual([
      expect.stringMatching(/^aws\/lambda\/.*AuditWriter.*\/unreadable\//),
      expect.stringMatching(/^aws\/lambda\/.*EventPublisher.*\/unreadable\//),
    ]);
  });
});
