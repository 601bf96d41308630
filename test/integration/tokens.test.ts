import { createHmac } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oddToken } from '../support/odd-token.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let admin: string;
beforeAll(async () => {
  product = await startTestProduct();
  admin = await product.signIn('amara.abara@northwind.example');
});
afterAll(() => product.stop());

describe('a token', () => {
  it('like the real ones is accepted, so that the refusals below mean what they say', async () => {
    expect((await product.api('/api/me', { token: await oddToken(product, admin, {}) })).status).toBe(200);
  });

  it('is asked for, and garbage is none', async () => {
    for (const token of [undefined, 'garbage', 'a.b.c', ''])
      expect(await product.api('/api/me', { token })).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      });
  });

  it.each<readonly [string, JWTPayload, { header?: object; ownKey?: boolean }]>([
    ['of another issuer', { iss: 'https://clerk.example.com' }, {}],
    ['for another application', { azp: 'https://other.example.com' }, {}],
    ['that has expired', { exp: 1_700_000_000 }, {}],
    ['of a pending session', { sts: 'pending' }, {}],
    ['from a template', {}, { header: { cat: 'cl_B7d4PD222AAA' } }],
    ['of a machine', {}, { header: { cat: 'cl_B7d4PD333AAA' } }],
    ['signed by another key', {}, { ownKey: false }],
  ])('%s is refused', async (_what, claims, options) => {
    const token = await oddToken(product, admin, claims, options);
    expect(await product.api('/api/me', { token })).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    });
  });

  it('signed by a shared secret, or by none, is refused', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = part({ iss: product.clerk.url, sub: 'user_1', exp: 9_999_999_999 });
    const body = `${part({ alg: 'HS256' })}.${payload}`;
    const symmetric = `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
    for (const token of [symmetric, `${part({ alg: 'none' })}.${payload}.`])
      expect((await product.api('/api/me', { token })).status).toBe(401);
  });
});
