import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsServices } from '../../../../infra/local/aws/services.ts';
import { account, roleArn } from './support/resources.ts';
import { as, assumeTenantRole, key, start, TableName, tagged } from './support/start.ts';

let aws: AwsServices;
beforeAll(async () => {
  aws = await start();
});
afterAll(() => aws.stop());

describe('AssumeRole', () => {
  it('gives a trusted role a session of the tag it names, for the time it asks', async () => {
    const before = Date.now();
    const { accessKeyId, expiration } = await assumeTenantRole(aws, {
      Tags: tagged('org_A'),
      DurationSeconds: 900,
    });
    expect(accessKeyId).toMatch(/^ASIA/);
    expect(expiration.getTime() - before).toBeGreaterThanOrEqual(899_000);
    expect(expiration.getTime() - before).toBeLessThan(960_000);
  });

  it.each([
    ['without a tag', {}, 'organization'],
    ['with another tag key', { Tags: [{ Key: 'team', Value: 'org_A' }] }, 'organization'],
    ['with a second tag key', { Tags: [...tagged('org_A'), { Key: 'team', Value: 'x' }] }, 'organization'],
    ['for what is no organization', { Tags: tagged('team_A') }, 'organization'],
    ['by a role that the trust policy does not name', { Tags: tagged('org_A') }, 'outsider'],
    ['of another role', { Tags: tagged('org_A'), RoleArn: roleArn('admin') }, 'organization'],
    ['of a role that does not exist', { Tags: tagged('org_A'), RoleArn: roleArn('nobody') }, 'organization'],
  ])('%s is denied', async (_, input, caller) => {
    await expect(assumeTenantRole(aws, input, caller)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['longer than role chaining allows', { DurationSeconds: 3601 }, 'role chaining'],
    ['shorter than 15 minutes', { DurationSeconds: 899 }, 'DurationSeconds'],
    ['under a name AWS does not take', { RoleSessionName: 'a b' }, 'RoleSessionName'],
    [
      'with the same tag twice',
      { Tags: [...tagged('org_A'), { Key: 'ORGANIZATIONID', Value: 'org_B' }] },
      'case insensitive',
    ],
    ['narrowed by a session policy, which is not implemented', { Policy: '{}' }, 'does not take Policy'],
  ])('%s is refused', async (_, input, reason) => {
    await expect(assumeTenantRole(aws, { Tags: tagged('org_A'), ...input })).rejects.toThrow(reason);
  });
});

describe('STS', () => {
  it('tells a caller who it is', async () => {
    const identity = await new STSClient(await as(aws, 'admin')).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/admin/admin`,
      UserId: 'AROAADMIN:admin',
    });
  });

  it('refuses other operations, and keys it never gave out', async () => {
    const admin = await as(aws, 'admin');
    await expect(new STSClient(admin).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
    });
    const stranger = { ...admin, credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } };
    await expect(new STSClient(stranger).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });

  it("gives a function its own role's key, if the role trusts Lambda", async () => {
    const client = new DynamoDBClient(await as(aws, 'admin'));
    await expect(
      client.send(new GetItemCommand({ TableName, Key: key('platform#x') })),
    ).resolves.toBeDefined();
    await expect(as(aws, 'tenant')).rejects.toThrow('does not trust lambda.amazonaws.com');
  });
});
