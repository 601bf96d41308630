import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { awsTagsClaim, openSigningKey } from '../../infra/local/clerk/tokens.ts';
import type { TestProduct } from './product.ts';

/**
 * A session token for the given one's user, signed with the real key or another, with changed claims and
 * header.
 */
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
    aud: product.origin,
    sub: body.user.userId,
    sid: 'sess_1',
    sts: 'active',
  };
  const key = ownKey ? privateKey : (await generateKeyPair('RS256')).privateKey;
  return await new SignJWT({
    ...own,
    organizationId: body.organization.id,
    [awsTagsClaim]: { principal_tags: { organizationId: [body.organization.id] } },
    iat: now,
    nbf: now,
    exp: now + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: id, ...header })
    .sign(key);
}

/** The defects of a session token that must be rejected: its type, its claims, or its signature. */
export const oddTokens: readonly (readonly [string, JWTPayload, { header?: object; ownKey?: boolean }])[] = [
  ['of another issuer', { iss: 'https://clerk.example.com' }, {}],
  ['for another application', { azp: 'https://other.example.com' }, {}],
  ['that has expired', { exp: 1_700_000_000 }, {}],
  ['of a pending session', { sts: 'pending' }, {}],
  ['from a template', {}, { header: { cat: 'cl_B7d4PD222AAA' } }],
  ['of a machine', {}, { header: { cat: 'cl_B7d4PD333AAA' } }],
  ['signed by another key', {}, { ownKey: false }],
];

/** Tokens with arbitrary claims: signed with a shared secret, or unsigned. */
export function unsignedTokens(iss: string): readonly string[] {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = part({ iss, sub: 'user_1', exp: 9_999_999_999 });
  const body = `${part({ alg: 'HS256' })}.${payload}`;
  const symmetric = `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
  return [symmetric, `${part({ alg: 'none' })}.${payload}.`];
}
