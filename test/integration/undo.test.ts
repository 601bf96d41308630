import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Entry, people, trailOf, written } from '../support/audit-trail.ts';
import { eventually, startTestProduct, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let who: Awaited<ReturnType<typeof people>>;
let base: string;
beforeAll(async () => {
  product = await startTestProduct();
  who = await people(product);
  base = `/api/organizations/${who.home}`;
});
afterAll(() => product.stop());

const asAdmin = (path: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}) =>
  product.api(`${base}${path}`, {
    token: who.admin,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });

const undoOf = ({ timestamp, id }: Pick<Entry, 'timestamp' | 'id'>) =>
  `/audit/${encodeURIComponent(`${timestamp}~${id}`)}/undo`;

const entryOf = async (query: string): Promise<Entry> => {
  const [entry] = await written(product, who.admin, who.home, query);
  if (entry === undefined) throw new Error(`no entry for ${query}`);
  return entry;
};

describe('undoing from the audit log', () => {
  it('puts a team back once, under one key, and leaves an entry that names the one undone', async () => {
    const { body: team } = await asAdmin('/teams', 'POST', { name: 'Undo me' });
    await asAdmin(`/teams/${team.id}`, 'PATCH', { name: 'Undone' }, { 'if-match': '"1"' });
    const entry = await entryOf(`action=team.updated&resource=team/${team.id}`);
    const preview = await asAdmin(undoOf(entry));
    expect(preview).toMatchObject({
      status: 200,
      body: { kind: 'puts_back', revision: 2, refusal: null, applied: false },
    });
    const again = () =>
      asAdmin(undoOf(entry), 'POST', { revision: 2 }, { 'idempotency-key': 'undo-the-team-once' });
    const [first, second] = [await again(), await again()];
    expect(first).toMatchObject({ status: 200, body: { applied: true } });
    expect(second.body).toEqual(first.body);
    expect((await asAdmin(`/teams/${team.id}`)).body).toMatchObject({ name: 'Undo me', revision: 3 });
    expect(await asAdmin(undoOf(entry), 'POST', {})).toMatchObject({
      status: 409,
      body: { reason: 'undo_done', params: { name: 'Amara Abara' } },
    });
    const undo = await eventually(async () => {
      const entries = await trailOf(product, who.admin, who.home, `resource=team/${team.id}`);
      return entries.find((one) => 'undoes' in one);
    }, 'the entry of the undo');
    expect(undo).toMatchObject({
      action: 'team.updated',
      undoes: { id: entry.id, timestamp: entry.timestamp },
      changes: [{ field: 'name', before: 'Undone', after: 'Undo me' }],
    });
  });

  it('brings a removed person back, who signs in again', async () => {
    const email = 'comes.back@people.example';
    await asAdmin('/invitations', 'POST', { email, name: 'Comes Back', role: 'team_member' });
    await product.accept(email);
    const token = await product.signIn(email);
    const { userId } = (await product.api('/api/me', { token })).body.user;
    const { revision } = (await asAdmin(`/users/${userId}`)).body;
    await asAdmin(`/users/${userId}`, 'DELETE', undefined, { 'if-match': `"${revision}"` });
    expect((await product.api('/api/me', { token: await product.signIn(email) })).body.status).toBe(
      'pending',
    );
    const entry = await entryOf(`action=user.removed&resource=user/${userId}`);
    expect(await asAdmin(undoOf(entry), 'POST', {})).toMatchObject({ status: 200 });
    expect((await product.api('/api/me', { token: await product.signIn(email) })).body).toMatchObject({
      status: 'active',
      user: { userId, role: 'team_member' },
    });
  });

  it('is for admins of the organization and the super admin, and for what they may change', async () => {
    const { body: team } = await asAdmin('/teams', 'POST', { name: 'Not yours' });
    const entry = await entryOf(`action=team.created&resource=team/${team.id}`);
    for (const token of [who.leader, who.member])
      for (const method of ['GET', 'POST'])
        expect(
          await product.api(`${base}${undoOf(entry)}`, {
            token,
            method,
            ...(method === 'POST' ? { body: {} } : {}),
          }),
        ).toMatchObject({ status: 403 });
    expect(await product.api(`${base}${undoOf(entry)}`, { token: who.superAdmin })).toMatchObject({
      status: 200,
      body: { kind: null, refusal: { reason: 'undo_of_creation' } },
    });
    expect(await asAdmin(undoOf({ ...entry, id: `${entry.id}x` }))).toMatchObject({
      status: 404,
      body: { code: 'not_found', reason: 'undo_entry_not_found' },
    });
    expect(await asAdmin('/audit/yesterday/undo')).toMatchObject({ status: 400 });
    const elsewhere = `/api/organizations/${who.foreign}${undoOf(entry)}`;
    expect(await product.api(elsewhere, { token: who.admin })).toMatchObject({ status: 404 });
    expect(await product.api(elsewhere, { token: who.superAdmin })).toMatchObject({ status: 404 });
  });
});
