import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, trailOf, written } from '../support/audit-trail.ts';
import { eventually, startTestProduct, type TestProduct } from '../support/product.ts';
import { approveAs, requestAs, secondSuperAdmin } from '../support/super-admins.ts';

/** The entry of an export. */
interface Exported {
  readonly details: { readonly after: { readonly access: { readonly filter: object } } };
}

let product: TestProduct;
let who: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  product = await startTestProduct();
  who = await people(product);
});
afterAll(() => product.stop());

const own = (path: string) => `/api/organizations/${who.home}${path}`;

/** Changes a team with its current revision. */
async function change(path: string, teamId: string, method: string, body?: object): Promise<void> {
  const { headers } = await product.api(own(`/teams/${teamId}`), { token: who.admin });
  const state = { 'if-match': headers.get('etag') ?? '' };
  const answer = await product.api(own(path), { token: who.admin, method, headers: state, body });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
}

const remove = (teamId: string) => change(`/teams/${teamId}`, teamId, 'DELETE');

/** A team with one named member. */
async function teamOfOne(name: string): Promise<{ teamId: string; userId: string }> {
  const made = await product.api(own('/teams'), { token: who.admin, method: 'POST', body: { name } });
  const users = await product.api(own('/users?role=team_member&limit=1'), { token: who.admin });
  const [teamId, userId] = [String(made.body.id), String(users.body.items[0].userId)];
  await change(`/teams/${teamId}/members/${userId}`, teamId, 'PUT', { role: 'member' });
  return { teamId, userId };
}

describe('a page of the audit log', () => {
  it('names the people, teams and KPIs of its entries, and says which are gone', async () => {
    const { teamId, userId } = await teamOfOne('Short-lived');
    const query = `about=team/${teamId}`;
    await written(product, who.admin, who.home, `${query}&action=team.member-added`);
    const read = async () => (await product.api(own(`/audit?${query}`), { token: who.admin })).body.names;
    expect(await read()).toMatchObject({ [teamId]: 'Short-lived', [userId]: expect.stringMatching(/\S/) });
    await remove(teamId);
    await written(product, who.admin, who.home, `${query}&action=team.deleted`);
    expect((await read())[teamId]).toBeNull();
  });

  it('tells what one act wrote in the order in which it wrote it', async () => {
    const { teamId } = await teamOfOne('In order');
    await remove(teamId);
    const entries = await eventually(async () => {
      const all = await trailOf(product, who.admin, who.home, `about=team/${teamId}`);
      return all.length === 4 && all;
    }, 'the entries of the deletion');
    expect(entries.map(({ action }) => action)).toEqual([
      // Newest first: the team was deleted first, and its member with it.
      'team.member-removed',
      'team.deleted',
      'team.member-added',
      'team.created',
    ]);
    const keys = entries.map(({ timestamp, id }) => `${timestamp}#${id}`);
    expect(keys).toEqual([...keys].sort().reverse());
  });

  it('refuses to be about what has no name', async () => {
    for (const about of ['invitation/inv_1', 'team/', 'team', 'user/a b'])
      expect(
        (await product.api(own(`/audit?about=${encodeURIComponent(about)}`), { token: who.admin })).status,
      ).toBe(400);
  });
});

describe('an export of all organizations’ logs', () => {
  const take = (query: string, token = who.superAdmin) =>
    product.api(`/api/admin/audit/export?${query}`, { token });

  it('gives the feed with its organizations, in its order, to the super admin', async () => {
    // Entries have whole seconds: entries from now on are later than all existing ones.
    const to = new Date(Math.floor(Date.now() / 1000) * 1000 - 1).toISOString();
    const listed = (await product.api(`/api/admin/audit?limit=100&to=${to}`, { token: who.superAdmin })).body;
    const input = { format: 'jsonl', from: new Date(Date.now() - 30 * 86_400_000).toISOString(), to };
    const asked = { kind: 'audit-feed.export', input, reason: 'For the auditors.' };
    const request = await requestAs(product, who.superAdmin, asked);
    await approveAs(product, await secondSuperAdmin(product), request);
    const approvalId = request.id;
    const lines = await take(`${new URLSearchParams({ ...input, approvalId })}`);
    expect(lines.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    const entries = String(lines.body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.slice(0, listed.items.length)).toEqual(listed.items);
    const table = await take(`format=csv&to=${to}&organizationId=${who.home}`);
    expect(table.headers.get('content-disposition')).toContain('filename="audit-2');
    const [head, ...rows] = String(table.body).trimEnd().split('\r\n');
    expect(head).toMatch(/"organization","organization id"$/);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toContain(`"${who.home}"`);
  });

  it('is audited itself on the platform, with what it was limited to', async () => {
    await take('format=csv&action=user.&organizationId=platform');
    const path = '/api/admin/audit?organizationId=platform&action=audit.exported';
    await eventually(async () => {
      const { items } = (await product.api(path, { token: who.superAdmin })).body;
      return items.length > 2 && items;
    }, 'an entry of each export');
    const { items } = (await product.api(path, { token: who.superAdmin })).body;
    expect(items).toContainEqual(expect.objectContaining({ resource: 'audit/platform' }));
    expect(items.map((entry: Exported) => entry.details.after.access.filter)).toContainEqual({
      action: 'user.',
      organizationId: 'platform',
    });
  });

  it('is refused to everybody else, with a wrong format, and with a cursor of the list', async () => {
    for (const token of [who.admin, who.leader, who.member])
      expect((await take('format=csv', token)).body).toMatchObject({ code: 'forbidden' });
    expect((await take('format=xml')).status).toBe(400);
    expect((await take('format=csv')).body).toMatchObject({ status: 403, code: 'approval_required' });
    const { body } = await product.api('/api/admin/audit?limit=1', { token: who.superAdmin });
    expect((await take(`format=csv&cursor=${encodeURIComponent(body.nextCursor)}`)).body.code).toBe(
      'invalid_cursor',
    );
  });
});
