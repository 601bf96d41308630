import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { clerkKeys, sessionVerifier } from '../../../functions/http/identity.ts';

const issuer = 'https://clerk.example.com';
const origin = 'https://app.example.com';
const { privateKey, publicKey } = await generateKeyPair('RS256');
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' }] });
const verify = sessionVerifier({ issuer, authorizedParties: [origin], keys });

const seconds = () => Math.floor(Date.now() / 1000);
const good = (): JWTPayload => ({
  sub: 'user_1',
  sid: 'sess_1',
  azp: origin,
  iss: issuer,
  iat: seconds(),
  nbf: seconds(),
  exp: seconds() + 60,
  sts: 'active',
});
const sign = (claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}, key = privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(key);
const refused = { code: 'unauthenticated' };
afterEach(() => vi.useRealTimers());

describe('a session token', () => {
  it('is accepted with all its claims, and tells who it is', async () => {
    const claims = {
      ...good(),
      ...{ organizationId: 'platform', email: 'a@example.com', emailVerified: true, invitationId: null },
    };
    expect(await verify(await sign(claims))).toMatchObject({
      userId: 'user_1',
      organizationId: 'platform',
      email: 'a@example.com',
    });
  });

  it('tells the address in the form it is kept in, and none that the product doesn’t take', async () => {
    const emailOf = async (email: string) =>
      (await verify(await sign({ ...good(), email, emailVerified: true }))).email;
    expect(await emailOf('Info@испытание.рф')).toBe('info@xn--80akhbyknj4f.xn--p1ai');
    expect(await emailOf('\u212Aann@example.com')).toBeUndefined();
  });

  it.each([undefined, false, null, 'true', 1])(
    'counts for nothing of an address where it is verified is %j',
    async (emailVerified) => {
      const identity = await verify(await sign({ ...good(), email: 'a@example.com', emailVerified }));
      expect(identity).toMatchObject({ userId: 'user_1', email: undefined });
    },
  );

  it('that was good ends with its own expiry, as one that is seen for the first time does', async () => {
    const token = await sign(good());
    await verify(token);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 55_000 });
    expect(await verify(token)).toMatchObject({ userId: 'user_1' });
    vi.setSystemTime(Date.now() + 15_000);
    await expect(verify(token)).rejects.toMatchObject(refused);
  });

  it('is checked once, and again from its expiry on', async () => {
    const asked = vi.fn(keys);
    const counted = sessionVerifier({ issuer, authorizedParties: [origin], keys: asked });
    const claims = good();
    const token = await sign(claims);
    expect(await counted(token)).toBe(await counted(token));
    expect(asked).toHaveBeenCalledTimes(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Number(claims.exp) * 1000 - 1 });
    await counted(token);
    expect(asked).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Number(claims.exp) * 1000);
    await counted(token);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('may say that it is one, and who acts as its person', async () => {
    const identity = await verify(
      await sign({ ...good(), act: { sub: 'user_2' } }, { cat: 'cl_B7d4PD111AAA' }),
    );
    expect(identity).toMatchObject({ sessionId: 'sess_1', impersonatedBy: 'user_2' });
    expect((await verify(await sign(good()))).impersonatedBy).toBeUndefined();
  });

  it('is refused for a reason that the log learns', async () => {
    const reasonOf = async (token: string) => {
      const error: unknown = await verify(token).catch((reason: unknown) => reason);
      return error instanceof AppError ? [error.reason, error.cause instanceof Error] : error;
    };
    const old = { exp: seconds() - 60, iat: seconds() - 120, nbf: seconds() - 120 };
    expect(await reasonOf(await sign({ ...good(), ...old }))).toEqual(['session_expired', true]);
    expect(await reasonOf('a.b.c')).toEqual(['token_invalid', true]);
    expect(await reasonOf(await sign({ ...good(), sts: 'pending' }))).toEqual(['session_incomplete', true]);
    expect(await reasonOf(await sign({ ...good(), sid: '' }))).toEqual(['session_incomplete', true]);
  });

  it.each([
    ['from another issuer', { iss: 'https://evil.example.com' }],
    ['for another application', { azp: 'https://evil.example.com' }],
    ['that has expired', { exp: seconds() - 60, iat: seconds() - 120, nbf: seconds() - 120 }],
    ['that is not valid yet', { nbf: seconds() + 60 }],
    ['of a session that is pending', { sts: 'pending' }],
    ['whose subject is a machine', { sub: 'mch_1' }],
  ])('is refused %s', async (_, change) => {
    await expect(verify(await sign({ ...good(), ...change }))).rejects.toMatchObject(refused);
  });

  it.each(['exp', 'nbf', 'iat', 'sub', 'sid', 'azp', 'iss'])('is refused without %s', async (claim) => {
    const { [claim]: _, ...rest } = good();
    await expect(verify(await sign(rest))).rejects.toMatchObject(refused);
  });

  it.each([
    ['template', 'cl_B7d4PD222AAA'],
    ['machine', 'cl_B7d4PD333AAA'],
  ])('is refused when it is a %s token', async (_, cat) => {
    await expect(verify(await sign(good(), { cat }))).rejects.toMatchObject(refused);
  });

  it('is refused with another algorithm, another key, an unknown key id, or as garbage', async () => {
    const other = await generateKeyPair('RS256');
    const secret = new TextEncoder().encode('a shared secret of at least 32 bytes!');
    const symmetric = await new SignJWT(good()).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
    const tokens = [
      symmetric,
      await sign(good(), {}, other.privateKey),
      await sign(good(), { kid: 'k2' }),
      'a.b.c',
    ];
    for (const token of tokens) await expect(verify(token)).rejects.toMatchObject(refused);
  });

  it('is neither let in nor refused when the keys cannot be had', async () => {
    const unreachable = sessionVerifier({
      issuer,
      authorizedParties: [origin],
      keys: () => Promise.reject(new Error('connect ECONNREFUSED')),
    });
    await expect(unreachable(await sign(good()))).rejects.toMatchObject({
      code: 'identity_unavailable',
      cause: new Error('connect ECONNREFUSED'),
    });
  });
});

describe('Clerk’s keys', () => {
  it('are those of the issuer, fetched once, and once more for a key that is new', async () => {
    const published = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' }] };
    const fetched = vi.fn(async (_: unknown) => Response.json(published));
    vi.stubGlobal('fetch', fetched);
    try {
      const remote = sessionVerifier({ issuer, authorizedParties: [origin], keys: clerkKeys(issuer) });
      await remote(await sign(good()));
      await remote(await sign({ ...good(), sid: 'sess_2' }));
      expect(fetched.mock.calls.map(([url]) => String(url))).toEqual([`${issuer}/.well-known/jwks.json`]);
      const unknown = async () =>
        await expect(remote(await sign(good(), { kid: 'k2' }))).rejects.toMatchObject(refused);
      await unknown();
      expect(fetched).toHaveBeenCalledTimes(1);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 });
      await unknown();
      expect(fetched).toHaveBeenCalledTimes(2);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
