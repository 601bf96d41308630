import { randomUUID } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changedSecret, previousSecret, secret } from '../../../functions/aws/secrets.ts';

const manager = mockClient(SecretsManagerClient);
const readings = () => manager.commandCalls(GetSecretValueCommand).length;
const holds = (text: string) => manager.on(GetSecretValueCommand).resolves({ SecretString: text });
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

let id: string;
beforeEach(() => {
  manager.reset();
  id = randomUUID();
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

describe('a secret', () => {
  it('is read once in five minutes', async () => {
    holds('old');
    await secret(id);
    holds('new');
    later(299);
    expect(await secret(id)).toBe('old');
    later(2);
    expect(await secret(id)).toBe('new');
    expect(readings()).toBe(2);
  });

  it('is read again when what it was used for is refused, and is null where it is the same', async () => {
    holds('old');
    await secret(id);
    expect(await changedSecret(id, 'old')).toBeNull();
    holds('new');
    later(31);
    expect(await changedSecret(id, 'old')).toBe('new');
    expect(await secret(id)).toBe('new');
  });

  it('is read again for all who are refused at once, once', async () => {
    holds('old');
    await secret(id);
    holds('new');
    const answers = await Promise.all(Array.from({ length: 5 }, () => changedSecret(id, 'old')));
    expect(answers).toEqual(Array(5).fill('new'));
    expect(readings()).toBe(2);
  });

  it('is read no oftener than twice a minute, however many refusals there are', async () => {
    holds('old');
    await secret(id);
    for (let refusal = 0; refusal < 60; refusal += 1) {
      await changedSecret(id, 'old');
      later(1);
    }
    expect(readings()).toBe(3);
  });

  it('has the text before the present one, which is asked for twice a minute at most', async () => {
    const before = { SecretId: id, VersionStage: 'AWSPREVIOUS' };
    manager.on(GetSecretValueCommand, before).resolves({ SecretString: 'old' });
    expect([await previousSecret(id), await previousSecret(id)]).toEqual(['old', 'old']);
    expect(readings()).toBe(1);
    manager.on(GetSecretValueCommand, before).rejects(new Error('throttled'));
    later(31);
    expect(await previousSecret(id)).toBe('old');
  });

  it('has no text before the present one until it was exchanged', async () => {
    manager
      .on(GetSecretValueCommand)
      .rejects(Object.assign(new Error('none'), { name: 'ResourceNotFoundException' }));
    expect(await previousSecret(id)).toBeNull();
  });

  it('stays as it is known when it can’t be read again, and is tried again when it is old', async () => {
    holds('old');
    await secret(id);
    manager.on(GetSecretValueCommand).rejects(new Error('throttled'));
    expect(await changedSecret(id, 'old')).toBeNull();
    expect(await changedSecret(id, 'old')).toBeNull();
    expect(await secret(id)).toBe('old');
    expect(readings()).toBe(2);
    later(301);
    await expect(secret(id)).rejects.toThrow('throttled');
    holds('new');
    expect(await secret(id)).toBe('new');
  });
});
