import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, trailOf, written as writtenFor } from '../support/audit-trail.ts';
import { eventually, startTestProduct, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let who: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  product = await startTestProduct();
  who = await people(product);
});
afterAll(() => product.stop());

const trail = (query: string) => trailOf(product, who.admin, who.home, query);
const written = (query: string) => writtenFor(product, who.admin, who.home, query);
const meOf = async (token: string) => (await product.api('/api/me', { token })).body.user;

describe('the audit trail of an organization', () => {
  it('is read by its admin and by the super admin, by nobody else', async () => {
    expect(
      (await product.api(`/api/organizations/${who.home}/audit`, { token: who.superAdmin })).status,
    ).toBe(200);
    for (const token of [who.member, who.leader])
      expect(await product.api(`/api/organizations/${who.home}/audit`, { token })).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    expect((await product.api(`/api/organizations/${who.foreign}/audit`, { token: who.admin })).status).toBe(
      404,
    );
  });

  it('names its people and shows what they changed, field by field, without keys of the table', async () => {
    const { userId, name } = await meOf(who.admin);
    const invited = await product.api(`/api/organizations/${who.home}/invitations`, {
      token: who.admin,
      method: 'POST',
      body: { name: 'Ines Invited', email: 'ines@northwind.example', role: 'team_member' },
    });
    expect(invited.status).toBe(201);
    const [entry] = await written(`resource=invitation/${invited.body.id}&action=invitation.created`);
    expect(entry).toMatchObject({ userId, actorName: name, role: 'org_admin' });
    expect(entry?.changes).toEqual(
      expect.arrayContaining([{ field: 'email', after: 'ines@northwind.example' }]),
    );
    const all = JSON.stringify(await trail('limit=100'));
    for (const hidden of ['"pk"', '"sk"', 'providerId', 'directoryPk', 'memberPk', '"teams"'])
      expect(all).not.toContain(hidden);
  });

  it('is filtered, and a cursor is good for its own filter only', async () => {
    const { userId } = await meOf(who.admin);
    const mine = await trail(`actor=${userId}&limit=100`);
    expect(mine.length).toBeGreaterThan(0);
    expect(new Set(mine.map((entry) => entry.userId))).toEqual(new Set([userId]));
    const joined = await trail('action=user.joined&limit=1');
    expect(joined).toMatchObject([{ action: 'user.joined' }]);
    expect(await trail('to=2020-01-01')).toEqual([]);
    const [path, token] = [`/api/organizations/${who.home}/audit`, who.admin];
    const { nextCursor } = (await product.api(`${path}?action=user.&limit=1`, { token })).body;
    const cursor = encodeURIComponent(nextCursor);
    expect((await product.api(`${path}?action=user.&limit=1&cursor=${cursor}`, { token })).status).toBe(200);
    expect((await product.api(`${path}?limit=1&cursor=${cursor}`, { token })).body.code).toBe(
      'invalid_cursor',
    );
    for (const wrong of [
      'from=soon',
      'action=user',
      'resource=user',
      'actor=%23',
      'from=2026-02-01&to=2026-01-01',
    ])
      expect((await product.api(`${path}?${wrong}`, { token })).body.code).toBe('validation_failed');
  });
});

describe('what changes nothing', () => {
  it('leaves an entry when a session begins, one a session', async () => {
    const token = await product.signIn('amara.abara@northwind.example');
    for (let time = 0; time < 3; time += 1)
      expect((await product.api(`/api/organizations/${who.home}/users?limit=1`, { token })).status).toBe(200);
    const [payload = ''] = token.split('.').slice(1);
    const { sid } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const { userId } = await meOf(token);
    const entries = await written(`resource=session/${sid}`);
    expect(entries).toMatchObject([{ action: 'session.started', userId, role: 'org_admin' }]);
  });

  it('leaves an entry when somebody is refused, one an hour and route, and still answers 403', async () => {
    const { userId } = await meOf(who.leader);
    const before = (await trail(`actor=${userId}&action=access.refused&limit=100`)).length;
    const begun = new Date().toISOString().slice(0, 13);
    for (let time = 0; time < 5; time += 1)
      expect(
        (
          await product.api(`/api/organizations/${who.home}/usage?from=2026-01-01&to=2026-01-02`, {
            token: who.leader,
          })
        ).status,
      ).toBe(403);
    const entries = await written(`actor=${userId}&resource=route/listUsage`);
    expect(entries[0]).toMatchObject({
      action: 'access.refused',
      role: 'team_leader',
      details: {
        after: {
          access: {
            asked: 'list UsageSnapshot',
            code: 'forbidden',
            path: { organizationId: who.home },
            route: 'GET /api/organizations/{organizationId}/usage',
          },
        },
      },
    });
    const hours = begun === new Date().toISOString().slice(0, 13) ? 1 : 2;
    expect(entries.length).toBeLessThanOrEqual(hours);
    expect(before).toBeGreaterThanOrEqual(0);
  });

  it('tells the own organization of an attempt on another, and the other nothing', async () => {
    const { userId } = await meOf(who.member);
    const answer = await product.api(`/api/organizations/${who.foreign}/users`, { token: who.member });
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    const [entry] = await written(`actor=${userId}&resource=route/listUsers`);
    expect(entry).toMatchObject({
      action: 'access.refused',
      organizationId: who.home,
      details: { after: { access: { code: 'not_found', path: { organizationId: who.foreign } } } },
    });
    expect(await trailOf(product, who.superAdmin, who.foreign, `actor=${userId}`)).toEqual([]);
  });

  it('keeps no text of a path that is no id', async () => {
    const { userId } = await meOf(who.leader);
    const path = `/api/organizations/${encodeURIComponent('somebody@private.example')}/invitations`;
    expect((await product.api(path, { token: who.leader })).status).toBe(404);
    const entries = await written(`actor=${userId}&resource=route/listInvitations`);
    expect(JSON.stringify(entries)).not.toContain('somebody');
  });

  it('tells the platform of outsiders at its door, with the organization that they say is theirs', async () => {
    const { userId } = await meOf(who.member);
    expect((await product.api('/api/admin/organizations', { token: who.member })).status).toBe(403);
    const entries = await eventually(async () => {
      const { body } = await product.api(`/api/admin/audit?actor=${userId}&organizationId=platform`, {
        token: who.superAdmin,
      });
      return body.items.length > 0 && body.items;
    }, 'the attempt is in the platform’s trail');
    expect(entries).toMatchObject([
      {
        action: 'access.refused',
        role: 'outsider',
        resource: 'route/listOrganizations',
        details: { after: { access: { organizationId: who.home } } },
      },
    ]);
  });
});

describe('an export', () => {
  const take = (query: string, token = who.admin) =>
    product.api(`/api/organizations/${who.home}/audit/export?${query}`, { token });

  it('gives the trail as CSV or JSON lines, in the order of the list, to the admin and the super admin', async () => {
    const to = new Date().toISOString();
    const listed = await trail(`limit=100&to=${to}`);
    const lines = await take(`format=jsonl&to=${to}`);
    expect(lines.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    const entries = String(lines.body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.slice(0, listed.length)).toEqual(listed);
    const table = await take(`format=csv&to=${to}`, who.superAdmin);
    expect(table.status).toBe(200);
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(table.headers.get('content-disposition')).toContain(`filename="audit-${who.home}-`);
    expect(String(table.body).split('\r\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^"time","actor","actor name"/),
      expect.stringContaining(`"${listed[0]?.id}"`),
    ]);
    expect(table.headers.get('x-next-cursor')).toBeNull();
  });

  it('holds no formula, whatever somebody was called', async () => {
    const invited = await product.api(`/api/organizations/${who.home}/invitations`, {
      token: who.admin,
      method: 'POST',
      body: { name: '=cmd|calc!A1', email: 'formula@northwind.example', role: 'team_member' },
    });
    await written(`resource=invitation/${invited.body.id}`);
    const { body } = await take(`format=csv&resource=invitation/${invited.body.id}`);
    expect(body).toContain('=cmd|calc!A1');
    expect(String(body)).not.toMatch(/(^|,|\n)"?[=+\-@]/);
  });

  it('is audited itself, with what it was limited to', async () => {
    await take('format=csv&action=user.');
    const [entry] = await written('action=audit.exported&limit=1');
    expect(entry).toMatchObject({
      resource: `audit/${who.home}`,
      details: { after: { access: { filter: {} } } },
    });
  });

  it('is refused to everybody else, with a wrong format, and with a cursor of the list', async () => {
    for (const token of [who.leader, who.member]) expect((await take('format=csv', token)).status).toBe(403);
    expect((await take('format=xml')).status).toBe(400);
    const path = `/api/organizations/${who.foreign}/audit/export?format=csv`;
    expect((await product.api(path, { token: who.admin })).status).toBe(404);
    const { body } = await product.api(`/api/organizations/${who.home}/audit?limit=1`, { token: who.admin });
    expect((await take(`format=csv&cursor=${encodeURIComponent(body.nextCursor)}`)).body.code).toBe(
      'invalid_cursor',
    );
  });
});
