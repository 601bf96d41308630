import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { floodsOf, pour } from '../attack/floods.ts';
import { written } from '../support/audit-trail.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let admin: string;
let home: string;
let base: string;
beforeAll(async () => {
  product = await startTestProduct({ firewall: true });
  admin = await product.signIn('amara.abara@northwind.example');
  home = (await product.api('/api/me', { token: admin })).body.organization.id;
  base = `/api/organizations/${home}`;
});
afterAll(() => product.stop());

/** Calls the API at its own URL, bypassing the distribution. */
const around = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  new Promise<{ readonly status: number | undefined; readonly body: string }>((resolve, reject) => {
    const { port } = new URL(product.origin);
    const sent = { ...headers, host: `api.localhost:${port}` };
    request({ host: '127.0.0.1', port, path, method, headers: sent }, async (answer) =>
      resolve({ status: answer.statusCode, body: (await answer.toArray()).join('') }),
    )
      .once('error', reject)
      .end();
  });

describe('the API', () => {
  it('answers through the site and refuses who goes round it, with a good token too', async () => {
    expect((await product.api('/api/me', { token: admin })).status).toBe(200);
    const authorization = `Bearer ${admin}`;
    expect(await around('/api/me', { authorization })).toEqual({
      status: 401,
      body: '{"message":"Unauthorized"}',
    });
    expect(await around('/api/me', { authorization, 'x-origin-verify': 'x'.repeat(64) })).toEqual({
      status: 403,
      body: '{"message":"Forbidden"}',
    });
  });

  it('refuses them at every kind of route: the reference, health and the webhook too', async () => {
    for (const path of ['/api/docs', '/api/health', `${base}/kpis`, '/api/admin/organizations'])
      expect((await around(path)).status).toBe(401);
    expect((await around('/api/webhooks/clerk', {}, 'POST')).status).toBe(401);
  });

  it('still gets Clerk’s webhooks, which come through the site', async () => {
    const answer = await product.api('/api/webhooks/clerk', { method: 'POST', body: '{}' });
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('records the address that the distribution saw, whatever a client says that it forwards', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9, 203.0.113.10' };
    const body = { name: 'Address on record' };
    const made = await product.api(`${base}/teams`, { token: admin, method: 'POST', body, headers });
    expect(made.status).toBe(201);
    const [entry] = await written(product, admin, home, `resource=team/${made.body.id}&action=team.created`);
    expect(entry).toMatchObject({ ip: '127.0.0.1' });
  });

  it('is compressed on its way: lists for who takes that, a single state never', async () => {
    const list = await product.api(`${base}/kpis?limit=100`, { token: admin });
    expect(list.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
    const [{ id }] = list.body.items;
    const one = await product.api(`${base}/kpis/${id}`, { token: admin });
    expect(one.headers.get('content-encoding')).toBeNull();
    expect(one.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(one.headers.get('etag')).toBe(`"${one.body.revision}"`);
  });
});

describe('an attacker without a token, at 1,000 requests a second', () => {
  // The last test here: the firewall then refuses this machine's requests without a token for a minute.
  it('is refused at every way in, and users with a token are served meanwhile', async () => {
    for (const flood of floodsOf(product)) {
      const [statuses, ...served] = await Promise.all([
        pour(product.origin, flood, 2),
        ...['/api/me', `${base}/kpis?limit=25`].map((path) => product.api(path, { token: admin })),
      ]);
      expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(2000);
      expect([...statuses.keys()].filter((status) => !flood.refusals.includes(status))).toEqual([]);
      expect(served.map(({ status }) => status)).toEqual([200, 200]);
    }
  });
});
