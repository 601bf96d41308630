import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { travel } from '../smoke/journey.ts';
import {
  eventually,
  newOrganization,
  startTestProduct,
  superAdminEmail,
  type TestProduct,
} from '../support/product.ts';

const northwindAdmin = 'amara.abara@northwind.example';

let product: TestProduct;
let superAdmin: string;
beforeAll(async () => {
  product = await startTestProduct({ webhooks: 'hold' });
  superAdmin = await product.signIn(superAdminEmail);
});
afterAll(() => product.stop());

/** Creates an organization whose first admin accepts while webhooks are held. */
async function found(name: string, email: string) {
  const created = await product.api('/api/admin/organizations', {
    token: superAdmin,
    method: 'POST',
    body: newOrganization(name, email),
  });
  expect(created.status).toBe(201);
  await product.accept(email);
  return { id: String(created.body.id), token: await product.signIn(email) };
}

describe('the smoke test', () => {
  /** A new token for each request, as in `npm run smoke`. */
  async function tokens() {
    const { data } = await product.clerk.users.getUserList({ emailAddress: [northwindAdmin] });
    const session = await product.clerk.sessions.createSession({ userId: data[0]?.id ?? '' });
    return async () => (await product.clerk.sessions.getToken(session.id)).jwt;
  }

  it('passes against a product that runs, as a stranger and as an admin', async () => {
    const steps: string[] = [];
    await travel({ origin: product.origin, token: await tokens(), say: (step) => steps.push(step) });
    expect(steps).toHaveLength(9);
    expect(steps.slice(-2)).toEqual(['the audit log tells of it', 'what was made is deleted again']);
  });

  it('says which step failed, and takes back what it made', async () => {
    const steps: string[] = [];
    const say = (step: string) => steps.push(step);
    const failing = travel({ origin: product.origin, token: await tokens(), patience: 0, say });
    await expect(failing).rejects.toThrow(/^the audit log tells of it: no entry/);
    expect(steps.at(-1)).toBe('what was made is deleted again');
    await expect(travel({ origin: product.origin, token: async () => 'no token' })).rejects.toThrow(
      /^an admin signs in: GET \/api\/me answered 401/,
    );
  });
});

describe('the seeded product', () => {
  it('lists three organizations that are served, one suspended, one expired, one onboarding', async () => {
    const { body } = await product.api('/api/admin/organizations', { token: superAdmin });
    const names = body.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      'Bluebird Health',
      'Cedar & Finch Studio',
      'Harbour Retail Group',
      'Northwind Logistics',
      'Oakline Manufacturing',
      'Quartz Robotics',
    ]);
    expect(body.items.find(({ name }: { name: string }) => name.startsWith('Harbour'))).toMatchObject({
      status: 'inactive',
    });
  });

  it('finds organizations by the beginning of their name, in pages', async () => {
    const { body } = await product.api('/api/admin/organizations?search=bLUe', { token: superAdmin });
    expect(body.items).toMatchObject([{ name: 'Bluebird Health' }]);
    const first = await product.api('/api/admin/organizations?limit=4', { token: superAdmin });
    const cursor = encodeURIComponent(first.body.nextCursor);
    const second = await product.api(`/api/admin/organizations?limit=4&cursor=${cursor}`, {
      token: superAdmin,
    });
    expect([first.body.items.length, second.body.items.length, second.body.nextCursor]).toEqual([4, 2, null]);
  });

  it('keeps out the people of a suspended organization, and of one whose plan has ended', async () => {
    const [{ items: closed }] = [(await product.api('/api/admin/organizations', { token: superAdmin })).body];
    const codes = [];
    for (const start of ['Harbour', 'Oakline']) {
      const { contactPerson } = closed.find(({ name }: { name: string }) => name.startsWith(start));
      const { status, body } = await product.api('/api/me', {
        token: await product.signIn(contactPerson.email),
      });
      codes.push([status, body.code]);
    }
    expect(codes).toEqual([
      [403, 'organization_inactive'],
      [403, 'subscription_expired'],
    ]);
  });
});

describe('an organization’s own admin', () => {
  it('changes contact person and mail domains, is found by the new contact, and changes nothing else', async () => {
    const token = await product.signIn(northwindAdmin);
    const { organizationId } = (await product.api('/api/me', { token })).body.user;
    const path = `/api/organizations/${organizationId}`;
    const { body: own, headers } = await product.api(path, { token });
    expect(own).not.toHaveProperty('metadata');
    const change = (body: object) =>
      product.api(path, {
        token,
        method: 'PATCH',
        body,
        headers: { 'if-match': headers.get('etag') ?? '' },
      });
    const contactPerson = { name: 'Nils Nord', email: 'nils@nordic-contact.example' };
    expect(await change({ name: 'Mine Now' })).toMatchObject({ status: 400 });
    const changed = await change({ contactPerson, allowedDomains: ['Northwind.example'] });
    expect(changed).toMatchObject({
      status: 200,
      body: { contactPerson, allowedDomains: ['northwind.example'], revision: own.revision + 1 },
    });
    const { body } = await product.api('/api/admin/organizations?search=nordic', { token: superAdmin });
    expect(body.items).toMatchObject([{ id: organizationId, contactPerson }]);
    expect(await change({ contactPerson })).toMatchObject({ status: 412 });
  });
});

describe('who has just accepted an invitation', () => {
  it('is a member on the first request, though the webhook has not come', async () => {
    const { id, token } = await found('Late Webhook', 'ada@late.example');
    const { status, body } = await product.api('/api/me', { token });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'active',
      user: { role: 'org_admin', email: 'ada@late.example' },
      organization: { id, name: 'Late Webhook' },
      landingPath: `/organizations/${id}`,
    });
  });

  it('is one member when the webhook comes after all', async () => {
    const { id, token } = await found('Both Ways', 'ada@both.example');
    await product.api('/api/me', { token });
    await product.api('/clerk/controls', { method: 'POST', body: { webhooks: 'deliver' } });
    await eventually(
      async () => (await product.api('/clerk/controls')).body.waiting === 0,
      'all webhooks delivered',
    );
    await product.api('/clerk/controls', { method: 'POST', body: { webhooks: 'hold' } });
    const { body } = await product.api(`/api/organizations/${id}/users`, { token });
    expect(body.items).toHaveLength(1);
  });

  it('invites the next one, who sees the summary and nothing of the others', async () => {
    const { id, token } = await found('Two People', 'ada@two.example');
    const invited = await product.api(`/api/organizations/${id}/invitations`, {
      token,
      method: 'POST',
      body: { name: 'Mia Member', email: 'mia@two.example', role: 'team_member' },
    });
    expect(invited).toMatchObject({ status: 201, body: { status: 'pending', delivery: 'sent' } });
    await product.accept('mia@two.example');
    const member = await product.signIn('mia@two.example');
    expect((await product.api('/api/me', { token: member })).body).toMatchObject({
      user: { role: 'team_member' },
    });
    const summary = await product.api(`/api/organizations/${id}`, { token: member });
    expect(summary.body).toEqual({ id, name: 'Two People', status: 'active' });
    expect(await product.api(`/api/organizations/${id}/users`, { token: member })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const { body } = await product.api(`/api/organizations/${id}/users`, { token });
    expect(body.items.map(({ email }: { email: string }) => email).sort()).toEqual([
      'ada@two.example',
      'mia@two.example',
    ]);
  });
});

describe('the audit trail', () => {
  it('tells who did what, before and after, of changes and removals', async () => {
    const { id, token } = await found('Audited', 'ada@audited.example');
    await product.api(`/api/organizations/${id}/invitations`, {
      token,
      method: 'POST',
      body: { name: 'Gone Soon', email: 'gone@audited.example', role: 'team_member' },
    });
    await product.accept('gone@audited.example');
    const gone = await product.signIn('gone@audited.example');
    const { userId } = (await product.api('/api/me', { token: gone })).body.user;
    const path = `/api/organizations/${id}/users/${userId}`;
    const { headers } = await product.api(path, { token });
    const etag = { 'if-match': headers.get('etag') ?? '' };
    expect(
      (await product.api(path, { token, method: 'PATCH', body: { role: 'team_leader' }, headers: etag }))
        .status,
    ).toBe(200);
    expect((await product.api(path, { token, method: 'DELETE', headers: etag })).body.code).toBe('stale');
    expect(
      (await product.api(path, { token, method: 'DELETE', headers: { 'if-match': '"2"' } })).status,
    ).toBe(200);
    expect((await product.api('/api/me', { token: gone })).body).toMatchObject({ status: 'pending' });

    const me = (await product.api('/api/me', { token })).body.user.userId;
    const entries = await eventually(async () => {
      const { body } = await product.api(`/api/organizations/${id}/audit?limit=100`, { token: superAdmin });
      return body.items.some(({ action }: { action: string }) => action === 'user.removed') && body.items;
    }, 'the removal is in the trail');
    const of = (action: string) => entries.find((entry: { action: string }) => entry.action === action);
    expect(of('organization.created')).toMatchObject({ role: 'super_admin', details: { before: null } });
    expect(of('user.role-changed')).toMatchObject({
      userId: me,
      role: 'org_admin',
      resource: `user/${userId}`,
      details: { before: { role: 'team_member' }, after: { role: 'team_leader' } },
    });
    expect(of('user.removed')).toMatchObject({
      userId: me,
      details: { before: { email: 'gone@audited.example' }, after: null },
    });
    expect(entries.every((entry: { userId: string }) => entry.userId !== 'unattributed')).toBe(true);
  });
});

describe('the scheduled usage function', () => {
  it('computes a snapshot of each organization when it is run', async () => {
    const { id, token } = await found('Measured', 'ada@measured.example');
    await product.api('/api/me', { token });
    for (const { name } of product.aws.schedules().filter(({ name }) => name.includes('Hourly')))
      expect(await product.aws.runSchedule(name)).toMatchObject({ outcome: { ok: true } });
    const today = new Date().toISOString().slice(0, 10);
    const { body } = await product.api(`/api/organizations/${id}/usage?from=${today}&to=${today}`, { token });
    expect(body.items).toMatchObject([
      { date: today, users: 1, usersByRole: { org_admin: 1 }, final: false },
    ]);
    const behind = async (date: string) => {
      const path = `/api/admin/analytics/breakdown?metric=users&date=${date}`;
      return (await product.api(path, { token: superAdmin })).body.items;
    };
    const items: { name: string; value: number }[] = await behind(today);
    expect(items).toContainEqual({ organizationId: id, name: 'Measured', value: 1 });
    expect(items[0]?.name).toBe('Northwind Logistics');
    expect(items.map(({ value }) => value)).toEqual(items.map(({ value }) => value).sort((a, b) => b - a));
    expect(await behind('2020-01-01')).toEqual([]);
  });
});
