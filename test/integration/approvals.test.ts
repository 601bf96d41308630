import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';
import { approveAs, newSuperAdmin, requestAs, secondSuperAdmin } from '../support/super-admins.ts';
import { under } from '../support/under-role.ts';

let product: TestProduct;
let sofia: string;
let marek: string;
beforeAll(async () => {
  product = await startTestProduct();
  sofia = await product.signIn(superAdminEmail);
});
afterAll(() => product.stop());

const post = (path: string, token: string, body?: object) =>
  product.api(`/api/admin/approvals${path}`, { token, method: 'POST', body });
const read = async (id: string) => (await product.api(`/api/admin/approvals/${id}`, { token: sofia })).body;
const trailOf = async (id: string) => {
  const path = `/api/admin/audit?organizationId=platform&resource=approval/${id}`;
  const { body } = await product.api(path, { token: sofia });
  return body.items.map(({ action }: { action: string }) => action);
};
const confirmationsGrowOld = () =>
  product.request('/clerk/controls', { method: 'POST', body: { confirmations: 'old' } });
const whole = {
  kind: 'audit-feed.export',
  input: { format: 'jsonl', from: '2026-01-01T00:00:00.000Z', to: '2026-11-20T00:00:00.000Z' },
  reason: 'The auditors asked for it.',
};
const download = (token: string, more: Record<string, string>) =>
  product.api(`/api/admin/audit/export?${new URLSearchParams({ ...whole.input, ...more })}`, { token });

describe('the only super admin', () => {
  it('waits a day, may cancel, and can’t approve or refuse by themself', async () => {
    const made = await requestAs(product, sofia, newSuperAdmin('alone'));
    expect(Date.parse(made.waitsUntil) - Date.parse(made.createdAt)).toBe(24 * 3_600_000);
    expect((await approveAs(product, sofia, made)).body).toMatchObject({ reason: 'own_request' });
    expect((await post(`/${made.id}/carry-out`, sofia)).body).toMatchObject({
      status: 403,
      code: 'approval_required',
      reason: 'approval_waits',
    });
    const { body } = await post(`/${made.id}/withdraw`, sofia, { reason: 'A mistake.' });
    expect(body).toMatchObject({ status: 'withdrawn' });
    await eventually(async () => (await trailOf(made.id)).length === 2, 'both entries');
    expect(await trailOf(made.id)).toEqual(['approval.withdrawn', 'approval.requested']);
  });
});

describe('two super admins', () => {
  beforeAll(async () => {
    marek = await secondSuperAdmin(product);
  });

  it('make a third of somebody who has an account, who can work at once', async () => {
    const email = 'nora@aligno.example';
    await product.clerk.users.createUser({ emailAddress: [email], firstName: 'Nora', lastName: 'North' });
    const made = await requestAs(product, sofia, newSuperAdmin('nora'));
    const { body } = await approveAs(product, marek, made);
    expect(body).toMatchObject({ status: 'carried_out', outcome: { userId: expect.any(String) } });
    const nora = await product.signIn(email);
    const me = (await product.api('/api/me', { token: nora })).body;
    expect(me).toMatchObject({ status: 'active', user: { name: 'Nora North', role: 'super_admin' } });
    expect((await product.api('/api/admin/organizations', { token: nora })).status).toBe(200);
    await eventually(async () => (await trailOf(made.id)).length === 3, 'three entries');
    expect(await trailOf(made.id)).toEqual([
      'approval.carried-out',
      'approval.approved',
      'approval.requested',
    ]);
  });

  it('invite who has no account; once they have one, they are made a super admin', async () => {
    const made = await requestAs(product, sofia, newSuperAdmin('piet'));
    expect((await approveAs(product, marek, made)).body).toMatchObject({
      status: 'approved',
      progress: 'invited',
    });
    await product.accept('piet@aligno.example', 'Piet Post');
    const before = await product.signIn('piet@aligno.example');
    expect((await product.api('/api/admin/organizations', { token: before })).status).toBe(403);
    expect((await post(`/${made.id}/carry-out`, sofia)).body).toMatchObject({ status: 'carried_out' });
    expect((await product.api('/api/admin/organizations', { token: before })).status).toBe(200);
  });

  it('make no super admin of a member of an organization', async () => {
    const made = await requestAs(product, sofia, {
      ...newSuperAdmin('amara'),
      input: { email: 'amara.abara@northwind.example', name: 'Amara Abara' },
    });
    expect((await approveAs(product, marek, made)).body).toMatchObject({
      status: 'voided',
      endReason: 'member_elsewhere',
    });
  });

  it('take away all organizations’ entries as it was approved, and in no other way', async () => {
    expect((await download(sofia, {})).body).toMatchObject({ status: 403, code: 'approval_required' });
    const made = await requestAs(product, sofia, whole);
    const approvalId = made.id;
    expect((await download(sofia, { approvalId })).body.reason).toBe('approval_pending');
    await approveAs(product, marek, made);
    for (const [name, value] of [
      ['format', 'csv'],
      ['from', '2025-01-01T00:00:00.000Z'],
      ['action', 'user.'],
    ] as const)
      expect((await download(sofia, { approvalId, [name]: value })).body.reason).toBe(
        'approval_for_another_input',
      );
    expect((await download(marek, { approvalId })).body.reason).toBe('approval_of_another');
    const file = await download(sofia, { approvalId });
    expect(file.status).toBe(200);
    expect(String(file.body).trimEnd().split('\n').length).toBeGreaterThan(100);
    expect(await read(approvalId)).toMatchObject({ status: 'carried_out' });
  });

  it('need nobody for one organization’s part', async () => {
    expect((await download(sofia, { organizationId: 'platform' })).status).toBe(200);
  });

  it('confirm that it is them, each anew', async () => {
    const made = await requestAs(product, sofia, newSuperAdmin('later'));
    await confirmationsGrowOld();
    const fresh = { sofia: await product.signIn(superAdminEmail), marek };
    // A token from a session that was verified an hour ago.
    const old = await oldToken();
    const refused = (
      await product.request(`/api/admin/approvals/${made.id}/approve`, {
        token: old,
        method: 'POST',
        body: { hash: made.hash },
      })
    ).body;
    expect(refused).toMatchObject({
      status: 403,
      code: 'reverification_required',
      clerk_error: {
        type: 'forbidden',
        reason: 'reverification-error',
        metadata: { reverification: { level: 'second_factor', afterMinutes: 10 } },
      },
    });
    expect((await post('', old, newSuperAdmin('never'))).body).toMatchObject({
      code: 'reverification_required',
    });
    // Stopping something needs no confirmation.
    expect((await post(`/${made.id}/refuse`, old, { reason: 'No.' })).body).toMatchObject({
      status: 'refused',
    });
    sofia = fresh.sofia;
  });
});

/** A token for Marek from a session that was verified an hour ago. */
async function oldToken(): Promise<string> {
  const { data } = await product.clerk.users.getUserList({ emailAddress: ['marek.novak@aligno.example'] });
  const session = await product.clerk.sessions.createSession({ userId: data[0]?.id ?? '' });
  await confirmationsGrowOld();
  return (await product.clerk.sessions.getToken(session.id)).jwt;
}

describe('code of somebody else in the admin function', () => {
  it('writes no approval, and none of its forged tokens is believed', async () => {
    const { client, TableName } = await under(product, 'admin');
    const Key = { pk: 'platform#approval', sk: 'apr_01ARZ3NDEKTSV4RRFFQ69G5FAV' };
    for (const write of [
      () => client.send(new PutCommand({ TableName, Item: Key })),
      () => client.send(new UpdateCommand({ TableName, Key })),
    ])
      await expect(write()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    for (const token of ['made-up', `${'a'.repeat(20)}.b.c`])
      expect((await product.request('/api/admin/approvals', { token })).status).toBe(401);
  });

  it('isn’t any other function’s either, but the one for approvals', async () => {
    const Item = { pk: 'platform#approval', sk: 'apr_01ARZ3NDEKTSV4RRFFQ69G5FAV' };
    const others = product.functions.filter(
      ({ title, environment }) => title !== 'approvals' && environment.TABLE_NAME !== undefined,
    );
    for (const { title } of others) {
      const { client, TableName } = await under(product, title);
      const writing = client.send(new PutCommand({ TableName, Item }));
      await expect(writing, title).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
  });
});
