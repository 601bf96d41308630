import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OrganizationId } from '../../domain/ids.ts';
import { findOrganization } from '../../domain/organization/find-organization.ts';
import { withinOrganization } from '../../domain/table/scope.ts';
import { importOrganizationExport, openOrganizationExport } from '../../infra/import/organization-export.ts';
import { openZip } from '../../infra/import/zip-export.ts';
import { customer } from '../../infra/local/aws/customer-account.ts';
import { people } from '../support/audit-trail.ts';
import { engineOf } from '../support/engine.ts';
import { peopleOf } from '../support/people.ts';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';
import { approveAs, requestAs, secondSuperAdmin } from '../support/super-admins.ts';
import { startControlPlane } from './domain/support/control-plane.ts';

const folder = mkdtempSync(join(tmpdir(), 'mtcms-proof-'));
let product: TestProduct;
let who: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  product = await startTestProduct();
  who = await people(product);
});
afterAll(() => product.stop());

const path = (rest: string, organization = who.home) => `/api/organizations/${organization}/audit${rest}`;
const latest = async (query = '') =>
  (await product.api(path(`/checkpoints/latest${query}`), { token: who.admin })).body;

/** Requests a checkpoint and waits until it has been taken. */
async function checkpoint(): Promise<{ size: number; note: string; key: string }> {
  const before = (await latest()).checkpoint?.number ?? 0;
  return await eventually(async () => {
    // The first request may come before the first entry: it is recorded itself, for the next one to cover.
    const asked = await product.api(path('/checkpoints'), { token: who.admin, method: 'POST' });
    expect(asked.status).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { checkpoint: now } = await latest();
    return now !== null && now.number > before ? now : undefined;
  }, 'the checkpoint');
}

async function proof(): Promise<string> {
  let text = '';
  let query: string | null = '';
  while (query !== null) {
    const part: Response = await fetch(`${product.origin}${path(`/export?format=proof${query}`)}`, {
      headers: { authorization: `Bearer ${who.admin}` },
    });
    expect(part.status).toBe(200);
    text += await part.text();
    const cursor: string | null = part.headers.get('x-next-cursor');
    query = cursor === null ? null : `&cursor=${encodeURIComponent(cursor)}`;
  }
  return text;
}

const verifier = 'web/public/audit-verify.mjs';

describe('what an organization takes away proves itself', () => {
  it('a proof file, by the key that anybody may learn', async () => {
    const { note } = await checkpoint();
    const run = product.aws.schedules().find(({ name }) => /Audit.*0/.test(name));
    expect(await product.aws.runSchedule(run?.name ?? '')).toMatchObject({ outcome: { ok: true } });
    const file = join(folder, 'log.proof.jsonl');
    const earlier = join(folder, 'earlier.note');
    writeFileSync(file, await proof());
    writeFileSync(earlier, note);
    const { body } = await product.api('/api/audit-key');
    expect(body.key).toMatch(/^localhost:\d+\/audit\+[0-9a-f]{8}\+/);
    const output = execFileSync('node', [verifier, file, '--key', body.key, '--checkpoint', earlier]);
    expect(output.toString()).toContain('VERIFIED');
  });

  it('is refused by the verifier once a letter of it is another', async () => {
    const file = join(folder, 'edited.proof.jsonl');
    writeFileSync(file, (await proof()).replace('"role":"org_admin"', '"role":"org_admim"'));
    const { status, stdout } = spawnSync('node', [verifier, file], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, expect.stringContaining('edited')]);
    writeFileSync(file, 'garbage');
    expect(spawnSync('node', [verifier, file]).status).toBe(2);
    const none = spawnSync('node', [verifier, join(folder, 'none')], { encoding: 'utf8' });
    expect([none.status, none.stderr.includes('    at ')]).toEqual([2, false]);
  });

  it('a receipt of one entry', async () => {
    const { body } = await product.api(path('?limit=100&action=session.started'), { token: who.admin });
    const entry = body.items.at(-1);
    await checkpoint();
    const query = `?entryId=${encodeURIComponent(entry.id)}&timestamp=${entry.timestamp}`;
    const receipt = await product.api(path(`/receipt${query}`), { token: who.admin });
    expect(receipt.status).toBe(200);
    const file = join(folder, 'entry.receipt.json');
    writeFileSync(file, JSON.stringify(receipt.body));
    expect(execFileSync('node', [verifier, file]).toString()).toContain('VERIFIED: 1 entries');
  });

  it('only for its admins, and only of their own organization', async () => {
    for (const rest of ['/checkpoints/latest', '/receipt?entryId=x&timestamp=2026-11-24T12:00:00.000Z'])
      for (const [token, organization, status] of [
        [who.member, who.home, 403],
        [who.leader, who.home, 403],
        [who.admin, who.foreign, 404],
      ] as const)
        expect((await product.api(path(rest, organization), { token })).status).toBe(status);
    const post = { method: 'POST' as const };
    expect((await product.api(path('/checkpoints'), { ...post, token: who.member })).status).toBe(403);
    expect((await product.api(path('/checkpoints', who.foreign), { ...post, token: who.admin })).status).toBe(
      404,
    );
    const filtered = await product.api(path('/export?format=proof&action=user.'), { token: who.admin });
    expect(filtered).toMatchObject({ status: 400, body: { errors: [{ reason: 'proof_is_whole' }] } });
  });

  it('and says that a checkpoint was asked for', async () => {
    const found = await eventually(async () => {
      const { body } = await product.api(path('?action=audit.checkpoint-requested'), { token: who.admin });
      return body.items.length > 0 && body.items;
    }, 'the entry');
    expect(found[0]).toMatchObject({ action: 'audit.checkpoint-requested', role: 'org_admin' });
  });
});

describe('an organization’s own bucket', () => {
  const hooks = (rest = '') => `/api/organizations/${who.home}/outgoing-webhooks${rest}`;
  const { region, roleArn } = customer;
  const place = { name: customer.bucket, region, prefix: 'logs', roleArn };
  const post = async (target: string, body?: object) =>
    await product.api(target, { token: who.admin, method: 'POST', ...(body && { body }) });
  const make = (bucket: object) =>
    post(hooks(), { name: 'Evidence', kind: 'bucket', from: 'start', bucket: { ...place, ...bucket } });
  const drop = async ({ id, revision }: { readonly id: string; readonly revision: number }) => {
    const headers = { 'if-match': `"${revision}"` };
    const gone = await product.api(hooks(`/${id}`), { token: who.admin, method: 'DELETE', headers });
    expect(gone).toMatchObject({ status: 204, body: '' });
  };

  it('gets files that the verifier takes as they are, each beside its checkpoint', async () => {
    const { size, key } = await checkpoint();
    const made = await make({});
    expect(made).toMatchObject({ status: 201, body: { url: `s3://${customer.bucket}/logs` } });
    expect((await post(hooks(`/${made.body.id}/test`))).body).toMatchObject({ status: 200 });
    const files = join(product.stateDirectory, 's3', customer.bucket, 'logs', who.home);
    const last = `${String(size - 1).padStart(12, '0')}.jsonl`;
    const objects = () => readdirSync(files).filter((name) => name.endsWith('.jsonl'));
    const found = await eventually(
      async () => objects().some((name) => name.endsWith(last)) && objects(),
      'the objects',
    );
    let next = 0;
    for (const name of found.sort()) {
      const note = join(files, name.replace('.jsonl', '.checkpoint'));
      const args = [verifier, join(files, name), '--key', key, '--checkpoint', note];
      expect(execFileSync('node', args).toString()).toContain('VERIFIED');
      expect(Number(name.slice(0, 12))).toBe(next);
      next = Number(name.slice(13, 25)) + 1;
    }
    expect(JSON.parse(readFileSync(join(files, 'test.json'), 'utf8')).organizationId).toBe(who.home);
    await drop(made.body);
  });

  it('says in its test what is wrong with it', async () => {
    const cases = [
      ['role-denied', { roleArn: `${customer.roleArn}-gone` }],
      ['role-denied', { roleArn: 'arn:aws:iam::000000000000:role/mtcms-log-delivery' }],
      ['role-open', { roleArn: `${customer.roleArn}-open` }],
      ['no-bucket', { name: `${customer.bucket}-gone` }],
      ['bucket-denied', { name: 'someone-elses-bucket' }],
      ['wrong-region', { region: 'us-east-1' }],
    ] as const;
    for (const [problem, bucket] of cases) {
      const { body } = await make(bucket);
      const { body: attempt } = await post(hooks(`/${body.id}/test`));
      expect({ bucket, ...attempt }).toMatchObject({ bucket, problem });
      await drop(body);
    }
  });
});

/** Runs a schedule by part of its name. */
async function runSchedule(part: string): Promise<void> {
  const [{ name = '' } = {}] = product.aws.schedules().filter((it) => it.name.includes(part));
  expect(await product.aws.runSchedule(name)).toMatchObject({ outcome: { ok: true } });
}

/** Sets an attribute of an item that has it to a time long ago: waiting is over. */
async function letPass(pk: string, sk: string, attribute: string): Promise<void> {
  const { client, TableName } = engineOf(product);
  const ago = new Date(Date.now() - 3_600_000).toISOString();
  await client
    .send(
      new UpdateCommand({
        ...{ TableName, Key: { pk, sk } },
        UpdateExpression: 'SET #time = :ago',
        ConditionExpression: 'attribute_exists(#time)',
        ExpressionAttributeNames: { '#time': attribute },
        ExpressionAttributeValues: { ':ago': ago },
      }),
    )
    .catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
    });
  client.destroy();
}

/** Imports an export into an empty table. Returns the organization's name there. */
async function importedElsewhere(file: string, organizationId: string): Promise<string | undefined> {
  const elsewhere = await startControlPlane();
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    const found = await openOrganizationExport(await openZip(file));
    if (found === null) throw new Error('no export');
    await importOrganizationExport(found, elsewhere.plane, { applies: true, now: new Date() });
    const there = withinOrganization(elsewhere.plane, OrganizationId.parse(organizationId));
    return (await findOrganization(there))?.name;
  } finally {
    said.mockRestore();
    await elsewhere.stop();
  }
}

describe('an organization that leaves', () => {
  it('is frozen, exported, imported elsewhere, deleted after its grace with two approving, and certified', async () => {
    const superAdmin = await product.signIn(superAdminEmail);
    const { id, base, admin, post } = await peopleOf(product, superAdmin).organization('Departing');
    const second = await secondSuperAdmin(product);
    const departures = (path: string, body?: object) =>
      product.api(`/api/admin/departures${path}`, {
        token: superAdmin,
        ...(body && { method: 'POST', body }),
      });
    const begun = await departures('', { organizationId: id, reason: 'The contract has ended.' });
    expect(begun).toMatchObject({ status: 201, body: { stage: 'grace' } });
    expect(await post('/teams', { name: 'Late' })).toMatchObject({ status: 409 });

    const asAdmin = async (path: string) => (await product.api(base + path, { token: admin.token })).body;
    const exported = async () => {
      await runSchedule('KeepExports');
      await letPass(`${id}#export`, 'current', 'startsAt');
      return (await product.api(`${base}/data-export`, { token: admin.token })).body.status === 'ready';
    };
    await eventually(exported, 'the export is ready');
    const { url } = await asAdmin('/data-export/link');
    const file = join(product.stateDirectory, 'departing.zip');
    writeFileSync(file, Buffer.from(await (await fetch(url)).arrayBuffer()));
    expect(await importedElsewhere(file, id)).toBe('Departing');

    const removal = { kind: 'organization.remove-data', input: { organizationId: id }, reason: 'As agreed.' };
    const asked = await requestAs(product, superAdmin, removal);
    const remove = () => departures(`/${id}/delete`, { approvalId: asked.id });
    expect((await remove()).body).toMatchObject({ reason: 'grace_not_over' });
    await letPass('platform#departure', id, 'deletionFrom');
    expect((await remove()).body).toMatchObject({ code: 'approval_required' });
    expect(await approveAs(product, second, asked)).toMatchObject({ status: 200 });
    expect(await remove()).toMatchObject({ status: 202 });
    const deleted = async () => {
      await runSchedule('KeepRemovals');
      await letPass('platform#departure-removal', id, 'emptySince');
      return (await departures(`/${id}`)).body.stage === 'deleted';
    };
    await eventually(deleted, 'everything is deleted');
    const { certificate } = (await departures(`/${id}`)).body;
    expect(JSON.parse(certificate.text)).toMatchObject({
      ...{ organizationId: id, name: 'Departing', approvalId: asked.id, remaining: 0 },
      deleted: { organization: 1, user: 4, team: 2 },
    });
    expect(certificate.note).toContain(createHash('sha256').update(certificate.text).digest('base64'));
    expect((await product.api(base, { token: superAdmin })).status).toBe(404);
  });
});
