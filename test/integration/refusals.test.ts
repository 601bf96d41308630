import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Delivery, deliverWebhook } from '../support/deliver-webhook.ts';
import { oddToken } from '../support/odd-token.ts';
import { newOrganization, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let superAdmin: string;
let admin: string;
let home: string;
beforeAll(async () => {
  product = await startTestProduct();
  superAdmin = await product.signIn(superAdminEmail);
  admin = await product.signIn('amara.abara@northwind.example');
  home = `/api/organizations/${(await product.api('/api/me', { token: admin })).body.organization.id}`;
});
afterAll(() => product.stop());

describe('a body', () => {
  const create = (body: unknown, headers = {}) =>
    product.api('/api/admin/organizations', { token: superAdmin, method: 'POST', body, headers });
  const paths = ({ body }: Awaited<ReturnType<typeof create>>) =>
    body.errors.map(({ path }: { path: string }) => path);
  const right = () => newOrganization(`Right ${randomUUID()}`, `${randomUUID()}@right.example`);

  it('that isn’t JSON is refused', async () => {
    expect(await create('{"name":')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('that is too large is refused', async () => {
    expect(await create({ ...right(), name: 'x'.repeat(70_000) })).toMatchObject({ status: 413 });
  });

  it('of another type is refused', async () => {
    expect(await create('name=x', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
  });

  it('with an unknown field is refused, also one that would make the sender more than they are', async () => {
    const { status, body } = await create({ ...right(), status: 'active', organizationId: 'platform' });
    expect([status, body.code]).toEqual([400, 'validation_failed']);
  });

  it('with wrong types, control characters or texts too long is refused at each field', async () => {
    const wrong = await create({
      ...right(),
      name: 'line\u0000break',
      contactPerson: { name: 7, email: 'nobody' },
      subscription: { plan: 'gold', startDate: 'soon' },
      firstAdmin: { name: 'x'.repeat(10_000), email: 'a@b.example' },
    });
    expect(wrong.status).toBe(400);
    expect(paths(wrong).sort()).toEqual([
      'contactPerson.email',
      'contactPerson.name',
      'firstAdmin.name',
      'name',
      'subscription.plan',
      'subscription.startDate',
    ]);
  });

  it('with a name that is taken is refused at the field', async () => {
    const name = await create({ ...right(), name: 'BLUEBIRD health' });
    expect([name.status, name.body.code, paths(name)]).toEqual([409, 'already_exists', ['name']]);
  });

  it('with a first admin of another organization doesn’t tell that they belong to one', async () => {
    const somebodys = newOrganization(`Free ${randomUUID()}`, 'amara.abara@northwind.example');
    expect((await create(somebodys)).status).toBe(201);
  });
});

describe('who belongs to one organization', () => {
  it('can’t call the platform’s routes', async () => {
    for (const [method, path] of [
      ['GET', '/api/admin/organizations'],
      ['POST', '/api/admin/organizations'],
      ['POST', '/api/admin/organizations/org_01ARZ3NDEKTSV4RRFFQ69G5FAV/deactivate'],
    ] as const)
      expect(await product.api(path, { token: admin, method })).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
  });

  it('learns nothing of another: the answer is as for one that never existed', async () => {
    const { body } = await product.api('/api/admin/organizations?search=bluebird', { token: superAdmin });
    const answers = [];
    for (const id of [body.items[0].id, 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV', 'platform', 'org_x#y', '%2e%2e'])
      for (const part of ['', '/users', '/invitations', '/audit'])
        answers.push(
          await product.api(`/api/organizations/${encodeURIComponent(id)}${part}`, { token: admin }),
        );
    const told = answers.map(({ status, body: { requestId: _, ...rest } }) =>
      JSON.stringify({ status, ...rest }),
    );
    expect(new Set(told).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('can’t use a cursor of another organization, another route, or an altered one', async () => {
    const { body } = await product.api('/api/admin/organizations?limit=1', { token: superAdmin });
    const { body: users } = await product.api(`${home}/users?limit=1`, { token: admin });
    const [payload, signature] = String(users.nextCursor).split('.');
    for (const cursor of [body.nextCursor, `${payload}x.${signature}`, 'garbage', ''])
      expect(
        await product.api(`${home}/users?cursor=${encodeURIComponent(cursor)}`, { token: admin }),
      ).toMatchObject({
        status: 400,
        body: { code: 'invalid_cursor' },
      });
    expect(
      (await product.api(`${home}/invitations?cursor=${users.nextCursor}`, { token: admin })).status,
    ).toBe(400);
  });
});

describe('a change', () => {
  it('is refused without If-Match, with a stale one, and of the last admin', async () => {
    const { body } = await product.api('/api/admin/organizations?search=cedar', { token: superAdmin });
    const cedar = `/api/organizations/${body.items[0].id}`;
    const users = (await product.api(`${cedar}/users`, { token: superAdmin })).body.items;
    const { userId } = users.find(({ role }: { role: string }) => role === 'org_admin');
    const change = (headers: Record<string, string>) =>
      product.api(`${cedar}/users/${userId}`, {
        token: superAdmin,
        method: 'PATCH',
        body: { role: 'team_member' },
        headers,
      });
    expect(await change({})).toMatchObject({ status: 428, body: { code: 'precondition_required' } });
    expect(await change({ 'if-match': '"7"' })).toMatchObject({ status: 412, body: { code: 'stale' } });
    expect(await change({ 'if-match': '"1"' })).toMatchObject({ status: 409, body: { code: 'last_admin' } });
  });
});

describe('an invitation', () => {
  it('is useless when it was used, taken back, or is another person’s', async () => {
    const invite = async (email: string) =>
      (
        await product.api(`${home}/invitations`, {
          token: admin,
          method: 'POST',
          body: { name: 'N', email, role: 'team_member' },
        })
      ).body;
    const revoked = await invite('revoked@northwind.example');
    const taken = await product.api(`${home}/invitations/${revoked.id}`, {
      token: admin,
      method: 'DELETE',
      headers: { 'if-match': `"${revoked.revision}"` },
    });
    expect(taken).toMatchObject({ status: 200, body: { status: 'revoked' } });
    const open = await invite('open@northwind.example');
    const me = async (claims: JWTPayload) =>
      (
        await product.api('/api/me', {
          token: await oddToken(product, admin, { sub: 'user_other', emailVerified: true, ...claims }),
        })
      ).body;
    expect(await me({ invitationId: revoked.id, email: 'revoked@northwind.example' })).toMatchObject({
      reason: 'invitation_revoked',
    });
    expect(
      await me({ invitationId: open.id, email: 'open@northwind.example', emailVerified: false }),
    ).toMatchObject({ reason: 'not_invited' });
    expect(await me({ invitationId: open.id, email: 'thief@northwind.example' })).toMatchObject({
      reason: 'invitation_for_another_address',
    });
    expect(await me({ invitationId: open.id, email: 'OPEN@northwind.example' })).toMatchObject({
      status: 'active',
    });
    expect(
      await me({ sub: 'user_third', invitationId: open.id, email: 'open@northwind.example' }),
    ).toMatchObject({
      reason: 'invitation_used',
    });
  });
});

describe('a webhook', () => {
  const deliver = (body: string, how: Delivery = {}) => deliverWebhook(product, body, how);
  const event = JSON.stringify({ type: 'session.created', data: {} });

  it('is refused unsigned, and when it is replayed after its time', async () => {
    expect((await deliver(event, { signed: false })).status).toBe(401);
    expect((await deliver(event, { at: Math.floor(Date.now() / 1000) - 600 })).status).toBe(401);
  });

  it('of a kind nobody reads is taken, however often it comes', async () => {
    expect((await deliver(event)).status).toBe(204);
    expect((await deliver(event)).status).toBe(204);
  });
});

describe('an address that isn’t there', () => {
  it('is 404, and tells nothing of what is', async () => {
    for (const path of ['/api/nothing', '/api/admin', '/api/organizations'])
      expect(await product.api(path, { token: superAdmin })).toMatchObject({ status: 404 });
    expect(await product.api('/api/me', { method: 'DELETE', token: superAdmin })).toMatchObject({
      status: 404,
    });
  });
});
