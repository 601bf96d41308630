import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsServices } from '../../../../infra/local/aws/services.ts';
import { anyOrganization, smallDeployment, tenantRole } from './support/resources.ts';
import { as, engineClient, key, queryOf, start, TableName, tenantClient } from './support/start.ts';

const denied = { name: 'AccessDeniedException' };

let aws: AwsServices;

beforeAll(async () => {
  aws = await start();
  const Item = key('org_A#user');
  await engineClient(aws).send(new PutItemCommand({ TableName, Item }));
});
afterAll(() => aws.stop());

describe('the gate', () => {
  it('lets a role query an index in the partitions it names, and no others', async () => {
    const admin = new DynamoDBClient(await as(aws, 'admin'));
    const names = { IndexName: 'directory', ExpressionAttributeNames: { '#pk': 'directoryPk' } };
    const allowed = await admin.send(new QueryCommand({ ...queryOf('platform#organizations#1'), ...names }));
    expect(allowed.Count).toBe(0);
    await expect(admin.send(new QueryCommand({ ...queryOf('platform#x'), ...names }))).rejects.toMatchObject(
      denied,
    );
  });

  it("denies the function's own role what only the tenant role may", async () => {
    const organization = new DynamoDBClient(await as(aws, 'organization'));
    await expect(
      organization.send(new GetItemCommand({ TableName, Key: key('org_A#user') })),
    ).rejects.toMatchObject(denied);
  });

  it('evaluates the policy: without the prefix condition a foreign read passes', async () => {
    const broken = await start({ resources: smallDeployment({ tenant: tenantRole(anyOrganization) }) });
    try {
      const client = await tenantClient(broken, 'org_A');
      await expect(
        client.send(new GetItemCommand({ TableName, Key: key('org_B#user') })),
      ).resolves.toBeDefined();
    } finally {
      await broken.stop();
    }
  });

  it('refuses keys it never gave out, and a key with another session token', async () => {
    const stranger = {
      ...(await as(aws, 'admin')),
      credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' },
    };
    const request = new GetItemCommand({ TableName, Key: key('platform#x') });
    await expect(new DynamoDBClient(stranger).send(request)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    const config = await as(aws, 'admin');
    const forged = { ...config, credentials: { ...config.credentials, sessionToken: 'guessed' } };
    await expect(new DynamoDBClient(forged).send(request)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  it('refuses what it does not implement, and the older query form', async () => {
    const admin = new DynamoDBClient(await as(aws, 'admin'));
    await expect(admin.send(new DescribeTableCommand({ TableName }))).rejects.toThrow(
      'does not implement dynamodb:DescribeTable',
    );
    const KeyConditions = {
      pk: { ComparisonOperator: 'EQ' as const, AttributeValueList: [{ S: 'platform#x' }] },
    };
    await expect(admin.send(new QueryCommand({ TableName, KeyConditions }))).rejects.toThrow(
      'KeyConditionExpression',
    );
  });

  it('hands on what the engine answers, errors and cancellation reasons too', async () => {
    const request = { TableName, Item: key('org_A#user'), ConditionExpression: 'attribute_not_exists(pk)' };
    const tenant = await tenantClient(aws, 'org_A');
    await expect(tenant.send(new PutItemCommand(request))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    await expect(
      tenant.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: request }] })),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
    });
  });
});
