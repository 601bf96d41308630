import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  type Credentials,
  STSClient,
} from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import {
  stsAssumeRole,
  stsExchangeToken,
  tenantCredentials,
} from '../../../domain/table/tenant-credentials.ts';

const organizationId = newOrganizationId(new Date());
const roleArn = 'arn:aws:iam::000000000000:role/tenant';
const sts = mockClient(STSClient);
const issued: Credentials = {
  AccessKeyId: 'key',
  SecretAccessKey: 'secret',
  SessionToken: 'session',
  Expiration: new Date('2026-11-30T13:00:00Z'),
};
const usable = {
  accessKeyId: 'key',
  secretAccessKey: 'secret',
  sessionToken: 'session',
  expiration: issued.Expiration,
};

beforeEach(() => {
  sts.reset();
});

describe('credentials by a function’s own role', () => {
  it('are those of a session for one organization, with its id as the only tag, for an hour', async () => {
    sts.on(AssumeRoleCommand).resolves({ Credentials: issued });
    expect(await tenantCredentials(stsAssumeRole(roleArn), organizationId)()).toEqual(usable);
    expect(sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input)).toEqual([
      {
        RoleArn: roleArn,
        RoleSessionName: organizationId,
        Tags: [{ Key: 'organizationId', Value: organizationId }],
        DurationSeconds: 3600,
      },
    ]);
  });
});

describe('credentials by somebody’s token', () => {
  it('are those of a session that the token alone names an organization for, for an hour', async () => {
    sts.on(AssumeRoleWithWebIdentityCommand).resolves({ Credentials: issued });
    expect(await stsExchangeToken(roleArn, 'named')(organizationId, 'a.b.c')).toEqual(usable);
    expect(sts.commandCalls(AssumeRoleWithWebIdentityCommand).map(({ args }) => args[0].input)).toEqual([
      { RoleArn: roleArn, RoleSessionName: 'named', WebIdentityToken: 'a.b.c', DurationSeconds: 3600 },
    ]);
  });
});

describe('an answer of STS', () => {
  it.each([
    ['credentials', undefined],
    ['a key', { ...issued, AccessKeyId: undefined }],
    ['a secret', { ...issued, SecretAccessKey: undefined }],
    ['a session', { ...issued, SessionToken: undefined }],
    ['an end', { ...issued, Expiration: undefined }],
  ])('without %s opens nothing', async (_, answered) => {
    sts.on(AssumeRoleCommand).resolves({ Credentials: answered });
    sts.on(AssumeRoleWithWebIdentityCommand).resolves({ Credentials: answered });
    const said = 'STS answered without credentials';
    await expect(stsAssumeRole(roleArn)(organizationId)).rejects.toThrow(said);
    await expect(stsExchangeToken(roleArn, 'named')(organizationId, 'a.b.c')).rejects.toThrow(said);
  });
});
