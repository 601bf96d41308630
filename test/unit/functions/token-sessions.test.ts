import { describe, expect, it, vi } from 'vitest';
import { newOrganizationId, type OrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import type { ExchangeToken } from '../../../domain/table/tenant-credentials.ts';
import { tokenSessions } from '../../../functions/http/token-sessions.ts';

const home = newOrganizationId(new Date(1));
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenWith = (claims: object) => `${part({ alg: 'RS256' })}.${part(claims)}.signature`;
const tagged = (organizationId: unknown) =>
  tokenWith({ 'https://aws.amazon.com/tags': { principal_tags: { organizationId: [organizationId] } } });

const credentials = { accessKeyId: 'a', secretAccessKey: 's', expiration: new Date(Date.now() + 3_600_000) };
const failing = (name: string) => () => Promise.reject(Object.assign(new Error(name), { name }));

/** Verifies a token of an organization's user, then opens the organization. */
async function open(token: string, organizationId: OrganizationId | undefined, exchange: ExchangeToken) {
  const { offering, assumeRole } = tokenSessions(exchange);
  const verify = offering(async () => ({ userId: UserId.parse('user_1'), sessionId: 's', organizationId }));
  await verify(token);
  return await assumeRole(organizationId ?? home);
}

describe('an organization is opened', () => {
  it('by the token that was verified', async () => {
    const exchange = vi.fn<ExchangeToken>().mockResolvedValue(credentials);
    expect(await open(tagged(home), home, exchange)).toBe(credentials);
    expect(exchange).toHaveBeenCalledWith(home, tagged(home));
  });

  it.each([
    ['names none', undefined],
    ['is the platform’s', PLATFORM],
  ])('not by one that %s', async (_, organizationId) => {
    const exchange = vi.fn<ExchangeToken>().mockResolvedValue(credentials);
    await expect(open(tagged(home), organizationId, exchange)).rejects.toThrow('no live token');
    expect(exchange).not.toHaveBeenCalled();
  });
});

describe('an operator reads in the log, and nobody else anywhere,', () => {
  it.each([
    ['that the claim is missing', tokenWith({}), 'names no organization'],
    ['that the claim is empty', tagged(null), 'names no organization'],
    ['that the claims differ', tagged(newOrganizationId(new Date(2))), 'names another organization'],
  ])('%s', async (_, token, said) => {
    const exchange = vi.fn<ExchangeToken>();
    await expect(open(token, home, exchange)).rejects.toMatchObject({
      ...{ code: 'internal', message: 'unexpected' },
      cause: { message: expect.stringMatching(new RegExp(`${said}.*docs/deploy.md`)) },
    });
    expect(exchange).not.toHaveBeenCalled();
  });

  it.each(['InvalidIdentityTokenException', 'IDPRejectedClaimException', 'AccessDenied'])(
    'that STS does not take Clerk’s tokens: %s',
    async (name) => {
      await expect(open(tagged(home), home, failing(name))).rejects.toMatchObject({
        ...{ code: 'internal', message: 'unexpected' },
        cause: { message: expect.stringContaining('docs/deploy.md'), cause: { name } },
      });
    },
  );
});

describe('a caller is told', () => {
  it.each([
    ['to sign in again when the token ended on its way', 'ExpiredTokenException', 'unauthenticated'],
    ['to try again when Clerk can’t be asked', 'IDPCommunicationErrorException', 'identity_unavailable'],
  ])('%s', async (_, name, code) => {
    const opened = open(tagged(home), home, failing(name));
    await expect(opened).rejects.toMatchObject({ code, cause: { name } });
  });

  it('nothing of what isn’t even an error', async () => {
    await expect(open(tagged(home), home, () => Promise.reject('away'))).rejects.toBe('away');
  });

  it('nothing of what else goes wrong', async () => {
    await expect(open(tagged(home), home, failing('TimeoutError'))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});
