import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oddToken, oddTokens, unsignedTokens } from '../support/odd-token.ts';
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

  it.each(oddTokens)('%s is refused', async (_what, claims, options) => {
    const token = await oddToken(product, admin, claims, options);
    expect(await product.api('/api/me', { token })).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    });
  });

  it('signed by a shared secret, or by none, is refused', async () => {
    for (const token of unsignedTokens(product.clerk.url))
      expect((await product.api('/api/me', { token })).status).toBe(401);
  });
});
