import { join } from 'node:path';
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { openSigningKey } from '../../infra/local/clerk/keys.ts';
import type { TestProduct } from './product.ts';

/** A session token like that of the given one's person, signed by the real key or another, with claims and header changed. */
export async function oddToken(
  product: TestProduct,
  like: string,
  claims: JWTPayload,
  { header = {}, ownKey = true } = {},
): Promise<string> {
  const { id, privateKey } = await openSigningKey(join(product.stateDirectory, 'clerk'));
  const { body } = await product.api('/api/me', { token: like });
  const now = Math.floor(Date.now() / 1000);
  const own = {
    iss: product.clerk.url,
    azp: product.origin,
    sub: body.user.userId,
    sid: 'sess_1',
    sts: 'active',
  };
  const key = ownKey ? privateKey : (await generateKeyPair('RS256')).privateKey;
  return await new SignJWT({
    ...own,
    organizationId: body.organization.id,
    iat: now,
    nbf: now,
    exp: now + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: id, ...header })
    .sign(key);
}
