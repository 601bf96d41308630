import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  newOrganization,
  startTestProduct,
  superAdminEmail,
  type TestProduct,
} from '../support/product.ts';

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

describe('a POST with an Idempotency-Key', () => {
  const invite = (key: string, body: unknown) =>
    product.api(`${home}/invitations`, {
      token: admin,
      method: 'POST',
      body,
      headers: { 'idempotency-key': key },
    });
  const person = () => ({ name: 'Ines Twice', email: `${randomUUID()}@twice.example`, role: 'team_member' });

  it('is done once, and its repetition is answered as the first, whatever the order of fields', async () => {
    const [key, { name, email, role }] = [randomUUID(), person()];
    const first = await invite(key, { name, email, role });
    const second = await invite(key, { role, email, name });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('is refused with another body, and with a key that is no key', async () => {
    const key = randomUUID();
    await invite(key, person());
    expect(await invite(key, person())).toMatchObject({
      status: 422,
      body: { code: 'idempotency_mismatch' },
    });
    for (const wrong of ['x'.repeat(65), 'with space', ''])
      expect(await invite(wrong, person())).toMatchObject({
        status: 400,
        body: { code: 'validation_failed' },
      });
  });

  it('that was refused can be put right under the same key', async () => {
    const [key, taken] = [randomUUID(), person()];
    await invite(randomUUID(), taken);
    expect(await invite(key, taken)).toMatchObject({ status: 409 });
    expect(await invite(key, person())).toMatchObject({ status: 201 });
  });

  it('works for the platform’s routes as well', async () => {
    const [key, name] = [randomUUID(), `Once ${randomUUID()}`];
    const create = () =>
      product.api('/api/admin/organizations', {
        token: superAdmin,
        method: 'POST',
        body: newOrganization(name, `${key}@once.example`),
        headers: { 'idempotency-key': key },
      });
    const [first, second] = [await create(), await create()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
  });
});

describe('a read', () => {
  it('is answered to HEAD without its body, and not again to who has it', async () => {
    const get = await product.api(home, { token: admin });
    const head = await product.api(home, { token: admin, method: 'HEAD' });
    const etag = get.headers.get('etag') ?? '';
    expect([head.status, head.body, head.headers.get('etag')]).toEqual([200, '', etag]);
    expect(head.headers.get('content-length')).toBeNull();
    for (const method of ['GET', 'HEAD']) {
      const again = await product.api(home, { token: admin, method, headers: { 'if-none-match': etag } });
      expect([again.status, again.body]).toEqual([304, '']);
    }
    expect((await product.api('/api/me', { method: 'HEAD' })).status).toBe(401);
  });
});

describe('a fact about an organization', () => {
  it('that can’t be kept under its name is refused there, and any other is kept', async () => {
    const add = (metadata: string) => {
      const body = newOrganization(`Facts ${randomUUID()}`, `${randomUUID()}@facts.example`);
      const text = JSON.stringify(body).replace(/}$/, `,"metadata":${metadata}}`);
      return product.api('/api/admin/organizations', { token: superAdmin, method: 'POST', body: text });
    };
    const refused = async (name: string) => {
      const { status, body } = await add(`{"${name}":"x"}`);
      return [status, body.errors.map(({ path }: { path: string }) => path)];
    };
    expect(await refused('constructor')).toEqual([400, ['metadata.constructor']]);
    expect(await refused('__proto__')).toEqual([400, ['metadata']]);
    expect(await refused('two words')).toEqual([400, ['metadata.two words']]);
    const names = Object.getOwnPropertyNames(Object.prototype);
    const others = names.filter((name) => name !== 'constructor' && name !== '__proto__');
    const kept = Object.fromEntries(others.map((name) => [name, 'x']));
    expect(await add(JSON.stringify(kept))).toMatchObject({ status: 201, body: { metadata: kept } });
  });
});

describe('an organization’s requests', () => {
  it('of one person beyond their share are refused, and an admin can still deactivate them', async () => {
    const { body } = await product.api('/api/admin/organizations?search=cedar', { token: superAdmin });
    const small = `/api/organizations/${body.items[0].id}`;
    const people = await product.api(`${small}/users`, { token: superAdmin });
    const personOf = (role: string) => people.body.items.find((one: { role: string }) => one.role === role);
    const [member, boss] = [personOf('team_member'), personOf('org_admin')];
    const [token, bossToken] = [await product.signIn(member.email), await product.signIn(boss.email)];
    const burst = () => Promise.all(Array.from({ length: 30 }, () => product.api(small, { token })));
    let refused: Answer | undefined;
    // Enough for three minutes: wherever in a minute this starts, one of them is used up.
    for (let bursts = 0; bursts < 30 && refused === undefined; bursts += 1)
      refused = (await burst()).find(({ status }) => status !== 200);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await product.api(home, { token: admin })).status).toBe(200);
    const target = `${small}/users/${member.userId}`;
    const found = await product.api(target, { token: bossToken });
    expect(found.status).toBe(200);
    const deactivated = await product.api(target, {
      token: bossToken,
      method: 'PATCH',
      body: { status: 'deactivated' },
      headers: { 'if-match': found.headers.get('etag') ?? '' },
    });
    expect(deactivated).toMatchObject({ status: 200, body: { status: 'deactivated' } });
  });
});

describe('the API about itself', () => {
  it('is told to anyone, as a document and as a page that a browser opens and on which nothing runs', async () => {
    const document = await product.api('/api/openapi.json');
    expect(document).toMatchObject({ status: 200, body: { openapi: '3.1.0' } });
    const page = await product.api('/api/docs');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('GET /api/organizations/{organizationId}');
    expect(page.body).toContain('Bluebird Health');
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(page.body) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page.headers.get('content-security-policy')).toMatch(
      `default-src 'none'; style-src 'sha256-${hash}';`,
    );
    expect(page.body).not.toMatch(/<script|\son\w+=|style=/);
    expect(page.headers.get('content-disposition')).toBeNull();
  });
});
