import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const [first, second, third] = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
const manager = mockClient(SecretsManagerClient);

const hold = (secret: unknown) =>
  manager.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify(secret) });

/** The authorizer of a fresh execution environment. */
const authorizer = async () => {
  vi.resetModules();
  vi.stubEnv('ORIGIN_SECRET_ID', 'the-secret');
  const { handler } = await import('../../../functions/origin/origin-authorizer.ts');
  return async (...identitySource: string[]) => (await handler({ identitySource })).isAuthorized;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  manager.reset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('the origin authorizer', () => {
  it('lets in what carries the value that CloudFront sends, or the one that comes next', async () => {
    hold({ current: first, next: second });
    const isLetIn = await authorizer();
    expect(await isLetIn(`${first}`)).toBe(true);
    expect(await isLetIn(`${second}`)).toBe(true);
  });

  it.each([
    '',
    'a',
    'a'.repeat(63),
    'a'.repeat(65),
    'A'.repeat(64),
    'c'.repeat(64),
    'undefined',
    `${'a'.repeat(64)} `,
  ])('refuses %j', async (value) => {
    hold({ current: first, next: second });
    expect(await (await authorizer())(value)).toBe(false);
  });

  it('refuses who carries nothing', async () => {
    hold({ current: first });
    expect(await (await authorizer())()).toBe(false);
  });

  it('goes on with the old value after a rotation until it reads the secret again, then refuses it', async () => {
    hold({ current: first, next: second });
    const isLetIn = await authorizer();
    expect(await isLetIn(`${first}`)).toBe(true);
    hold({ current: second, next: third });
    expect(await isLetIn(`${second}`)).toBe(true);
    expect(await isLetIn(`${first}`)).toBe(true);
    vi.setSystemTime(Date.now() + 5 * 60_000);
    expect(await isLetIn(`${first}`)).toBe(false);
    expect(await isLetIn(`${second}`)).toBe(true);
  });

  it('reads the secret again at once when it doesn’t know a value, but not for each guess', async () => {
    hold({ current: first });
    const isLetIn = await authorizer();
    expect(await isLetIn(`${first}`)).toBe(true);
    hold({ current: second, next: third });
    expect(await isLetIn(`${second}`)).toBe(true);
    for (let guess = 0; guess < 100; guess += 1) expect(await isLetIn(`a guess ${guess}`)).toBe(false);
    expect(manager.commandCalls(GetSecretValueCommand)).toHaveLength(2);
  });

  it('goes on with what it knows while Secrets Manager is away, and lets nobody in who knew nothing', async () => {
    hold({ current: first });
    const isLetIn = await authorizer();
    expect(await isLetIn(`${first}`)).toBe(true);
    manager.on(GetSecretValueCommand).rejects(new Error('away'));
    vi.setSystemTime(Date.now() + 60 * 60_000);
    expect(await isLetIn(`${first}`)).toBe(true);
    expect(await isLetIn(`${second}`)).toBe(false);
    await expect((await authorizer())(`${first}`)).rejects.toThrow('away');
  });

  it('lets nobody in by a secret that it can’t read, and says nothing of it', async () => {
    hold({ current: 'short' });
    await expect((await authorizer())('short')).rejects.toThrow(/^The origin secret is not \{"current/);
  });
});
