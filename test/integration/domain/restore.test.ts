import { generateKeyPairSync, sign } from 'node:crypto';
import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notaryOf } from '../../../domain/audit/checkpoints/notary.ts';
import { latestCheckpoint } from '../../../domain/audit/checkpoints/prove-entry.ts';
import { keepRound, memberOf } from '../../../domain/audit/checkpoints/rounds.ts';
import { takeCheckpoint } from '../../../domain/audit/checkpoints/take-checkpoint.ts';
import { kindOf } from '../../../domain/nouns.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../../../domain/table/scope.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { changeIn } from '../../../functions/streams/read-change.ts';
import { engineClient } from '../../../infra/local/aws/engine/client.ts';
import { ensureTable } from '../../../infra/local/aws/engine/table.ts';
import { lambdaRecord, streamSource } from '../../../infra/local/aws/streams/stream.ts';
import { carryOver } from '../../../infra/restore/carry-over.ts';
import { type Verification, verifyTable } from '../../../infra/restore/verify-table.ts';
import { startControlPlane, tableShape } from './support/control-plane.ts';
import { join, organizationOf } from './support/people.ts';
import { recorded, soon } from './support/recorded.ts';
import { create as createTeam } from './support/teams.ts';

const restored = 'mtcms-restored';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const bucket = new Map<string, string>();
const anchors = {
  put: async (key: string, text: string) => {
    if (!bucket.has(key)) bucket.set(key, text);
  },
  read: async (key: string) => bucket.get(key) ?? '',
  list: async (prefix: string) => [...bucket.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
};
const notary = notaryOf('https://app.example.com', {
  publicKey: async () => new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)),
  sign: async (text) => new Uint8Array(sign(null, Buffer.from(text), privateKey)),
});

let [plane, stop, endpoint]: [ControlPlane, () => Promise<void>, string] = [
  { client: Object.create(null), table: '' },
  async () => undefined,
  '',
];

const itemsIn = async (table: string) =>
  (await plane.client.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items ?? [];
const put = (table: string, Item: Record<string, unknown>) =>
  plane.client.send(new PutCommand({ TableName: table, Item }));
const verified = (table: string, from?: string) =>
  verifyTable({ client: plane.client, table, from, anchors });
/** A new table with these items, as point-in-time recovery creates it: without stream and time to live. */
async function restoreInto(name: string, items: readonly Record<string, unknown>[]) {
  await ensureTable(engineClient(endpoint), tableShape(name), undefined);
  for (const item of items) await put(name, item);
}

const hour = (count: number) => new Date(Date.UTC(2026, 10, 24, 12 + count));
async function checkpointAll(organizations: readonly ReturnType<typeof withinOrganization>[], at: Date) {
  const members = [];
  for (const scope of organizations)
    for (let run = 0; run < 6; run += 1) {
      const { newest, isAll, broken } = await takeCheckpoint(scope, { notary, anchors }, at);
      expect(broken).toBeNull();
      if (isAll && newest !== null) members.push(memberOf(newest));
      if (isAll) break;
    }
  if (members.length > 0)
    await keepRound(platformScope(plane), { notary, anchors }, { shard: 0, members, now: at });
}

/** Two organizations with users, teams and sealed audit logs, and damage after a recorded time. */
async function drill() {
  const [north, south] = [await organizationOf(plane, 'North'), await organizationOf(plane, 'South')];
  const all = [north.scope, south.scope];
  await checkpointAll(all, hour(0));
  for (const { scope, actor } of [north, south]) {
    await recorded(scope, () => join(scope, `bob_${actor.by}`));
    await recorded(scope, () => createTeam(scope, actor, 'Sales'));
  }
  const key = `${north.scope.organizationId}#request`;
  await put(plane.table, { pk: key, sk: 'before', entity: 'idempotency', expiresAt: 4_000_000_000 });
  const over = { pk: `${north.scope.organizationId}#kpi#kpi_1`, sk: 'over', entity: 'checkIn', expiresAt: 1 };
  await put(plane.table, over);
  await checkpointAll(all, hour(1));

  const moment = await itemsIn(plane.table);

  await recorded(north.scope, () => createTeam(north.scope, north.actor, 'Made later'));
  await put(plane.table, { pk: key, sk: 'after', entity: 'idempotency', expiresAt: 4_000_000_000 });
  await plane.client.send(new DeleteCommand({ TableName: plane.table, Key: { pk: over.pk, sk: over.sk } }));
  const lost = (await itemsIn(plane.table)).filter(({ pk }) => pk === `${south.scope.organizationId}#user`);
  for (const { sk } of lost) {
    const { userId, revision } = await requireUser(south.scope, sk);
    if (userId !== south.admin)
      await recorded(south.scope, () =>
        removeUser({ scope: south.scope, actor: south.actor, now: soon() }, { userId, revision }),
      );
  }
  await checkpointAll(all, hour(2));
  return { moment, north, south, all };
}

describe('a table restored to a time before the damage', () => {
  let told: Awaited<ReturnType<typeof drill>>;
  let atFirst: Verification;
  beforeAll(async () => {
    ({ plane, stop, endpoint } = await startControlPlane());
    told = await drill();
    await restoreInto(restored, told.moment);
    atFirst = await verified(restored, plane.table);
  });
  afterAll(() => stop());

  it('isn’t used as it comes: it lacks a stream, and audit logs that are anchored go on behind its end', () => {
    expect(atFirst.problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^no stream: aws dynamodb update-table --table-name mtcms-restored /),
        expect.stringMatching(/^no time to live: /),
        expect.stringMatching(/1 checkpoints are anchored that it doesn't reach/),
        expect.stringMatching(/carry it over \(npm run restore:carry\), with the product stopped$/),
      ]),
    );
  });

  it('gets the audit logs of the former table, and what had expired is out', async () => {
    const { copied, expired } = await carryOver({ client: plane.client, from: plane.table, to: restored });
    expect(copied).toBeGreaterThan(10);
    expect(expired).toBe(1);
    expect(await carryOver({ client: plane.client, from: plane.table, to: restored })).toEqual({
      copied,
      expired: 0,
    });
  });

  it('has what there was at that time, and nothing of later but the audit logs', async () => {
    const { counts, trails } = await verified(restored, plane.table);
    const before = new Map<string, number>();
    for (const { pk, sk } of told.moment) {
      const name = kindOf({ pk, sk })?.name ?? 'unknown';
      before.set(name, (before.get(name) ?? 0) + 1);
    }
    const compared = [...before].filter(([name]) => !name.startsWith('audit') && name !== 'checkIn');
    expect(compared.length).toBeGreaterThan(5);
    for (const [name, count] of compared) expect(`${name} ${counts.get(name)}`).toBe(`${name} ${count}`);
    expect([...trails.keys()].toSorted()).toEqual(
      told.all.map(({ organizationId }) => organizationId).toSorted(),
    );
    const requests = (await itemsIn(restored)).filter(({ pk }) => String(pk).endsWith('#request'));
    expect(requests.map(({ sk }) => sk)).toEqual(['before']);
  });

  it('is verified once it has a stream, and is told how to be used', async () => {
    const stream = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
    await plane.client.send(
      new UpdateTableCommand({
        ...{ TableName: restored, StreamSpecification: stream, DeletionProtectionEnabled: true },
      }),
    );
    await ensureTable(
      engineClient(endpoint),
      { ...tableShape(restored), StreamSpecification: { StreamViewType: stream.StreamViewType } },
      'expiresAt',
    );
    const { problems, facts } = await verified(restored, plane.table);
    expect(problems).toEqual([]);
    expect(facts.streamArn).toMatch(/table\/mtcms-restored\/stream\//);
  });

  it('tells of nothing again: its stream begins with the first change after the switch', async () => {
    const plane_ = { client: plane.client, table: restored };
    const scope = withinOrganization(plane_, told.south.scope.organizationId);
    await recorded(scope, () => createTeam(scope, told.south.actor, 'After the restore'));
    const { facts } = await verified(restored);
    const source = streamSource(engineClient(endpoint), facts.streamArn ?? '', 'expiresAt');
    const actions: string[] = [];
    for (const shard of await source.shards())
      for (const record of (await source.open(shard.id, undefined).next(1000)).records) {
        const arn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/mtcms-restored/stream/1';
        const raw = lambdaRecord(record, { arn, label: source.label }, 1_800_000_000);
        const change = await changeIn(JSON.parse(JSON.stringify(raw)) satisfies DynamoDBRecord, plane_);
        if (change !== null) actions.push(`${change.action} of ${change.organizationId}`);
      }
    expect(actions).toEqual([`team.created of ${scope.organizationId}`]);
  });

  it('goes on with each audit log where it was, so that nobody’s earlier checkpoint is contradicted', async () => {
    const scopes = told.all.map(({ organizationId }) =>
      withinOrganization({ client: plane.client, table: restored }, organizationId),
    );
    const [, south] = scopes;
    const known = [...bucket.keys()].filter((key) => key.startsWith(`${south?.organizationId}/`)).length;
    for (const scope of scopes) await takeCheckpoint(scope, { notary, anchors }, hour(3));
    const { checkpoint } = await latestCheckpoint(told.south.scope, undefined);
    const after = south === undefined ? null : (await latestCheckpoint(south, undefined)).checkpoint;
    expect(after?.size).toBeGreaterThan(checkpoint?.size ?? 0);
    expect([...bucket.keys()].filter((key) => key.startsWith(`${south?.organizationId}/`))).toHaveLength(
      known + 1,
    );
    expect((await verified(restored)).problems).toEqual([]);
  });

  it('isn’t filled once more, nor from a table that is older, nor from itself', async () => {
    const carry = (from: string, to: string) => carryOver({ client: plane.client, from, to });
    await expect(carry(plane.table, restored)).rejects.toThrow(
      'mtcms-restored has a stream already, so it is in use or ready for it, and nothing was written.',
    );
    await restoreInto('mtcms-second', await itemsIn(restored));
    await expect(carry(plane.table, 'mtcms-second')).rejects.toThrow(
      /^mtcms-domain-test is older than mtcms-second: .* Name the table that was in use last\.$/,
    );
    expect((await carry(restored, 'mtcms-second')).copied).toBeGreaterThan(0);
    await expect(carry(restored, restored)).rejects.toThrow('are the same');
    await expect(carry(restored, 'mtcms-nowhere')).rejects.toThrow('There is no table mtcms-nowhere.');
  });

  it('of another shape is refused, with what is wrong', async () => {
    const { GlobalSecondaryIndexes, ...shape } = tableShape('mtcms-other');
    const [first, ...others] = GlobalSecondaryIndexes;
    const fewer = others.filter(({ IndexName }) => IndexName !== 'byMember');
    const attributes = shape.AttributeDefinitions.filter(
      ({ AttributeName }) => !/^member/.test(AttributeName),
    );
    const indexes = first === undefined ? fewer : [first, ...fewer];
    await ensureTable(
      engineClient(endpoint),
      { ...shape, AttributeDefinitions: attributes, GlobalSecondaryIndexes: indexes },
      undefined,
    );
    await expect(carryOver({ client: plane.client, from: plane.table, to: 'mtcms-other' })).rejects.toThrow(
      "mtcms-other isn't a table of this version of the product: it has no index byMember.",
    );
    expect((await verified('mtcms-other')).problems).toContain('it has no index byMember');
  });

  it('shows an audit log that somebody has changed', async () => {
    const entry = (await itemsIn('mtcms-second')).find(({ entity }) => entity === 'auditEntry');
    expect(entry).toBeDefined();
    await put('mtcms-second', { ...entry, action: 'team.deleted' });
    const { problems } = await verified('mtcms-second');
    expect(problems.filter((problem) => /^the audit log of .*: edited \d+/.test(problem))).toHaveLength(1);
  });
});
