import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsServices } from '../../../../infra/local/aws/services.ts';
import { engineClient, key, queryOf, start, TableName, tenantClient } from './support/start.ts';

const own = 'org_A';
const denied = { name: 'AccessDeniedException' };

let aws: AwsServices;
let tenant: DynamoDBClient;

beforeAll(async () => {
  aws = await start();
  tenant = await tenantClient(aws, own);
  const engine = engineClient(aws);
  for (const pk of ['org_A#user', 'org_AB#user', 'org_B#user', 'org_A#audit#2026-01'])
    await engine.send(new PutItemCommand({ TableName, Item: { ...key(pk), name: { S: pk } } }));
});
afterAll(() => aws.stop());

describe("within one's own organization", () => {
  it('reads and writes items', async () => {
    await tenant.send(new PutItemCommand({ TableName, Item: key('org_A#team', 't1') }));
    const UpdateExpression = 'SET x = :x';
    const ExpressionAttributeValues = { ':x': { N: '1' } };
    await tenant.send(
      new UpdateItemCommand({
        TableName,
        Key: key('org_A#team', 't1'),
        UpdateExpression,
        ExpressionAttributeValues,
      }),
    );
    const { Item } = await tenant.send(new GetItemCommand({ TableName, Key: key('org_A#team', 't1') }));
    expect(Item).toEqual({ ...key('org_A#team', 't1'), x: { N: '1' } });
    const { Count } = await tenant.send(new QueryCommand(queryOf('org_A#team')));
    expect(Count).toBe(1);
    await tenant.send(new DeleteItemCommand({ TableName, Key: key('org_A#team', 't1') }));
  });

  it('reads batches and runs transactions', async () => {
    const { Responses } = await tenant.send(
      new BatchGetItemCommand({
        RequestItems: { [TableName]: { Keys: [key('org_A#user'), key('org_A#none')] } },
      }),
    );
    expect(Responses?.[TableName]).toHaveLength(1);
    await tenant.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: key('org_A#kpi') } },
          {
            ConditionCheck: {
              TableName,
              Key: key('org_A#user'),
              ConditionExpression: 'attribute_exists(pk)',
            },
          },
        ],
      }),
    );
    await tenant.send(
      new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: key('org_A#kpi') } }] }),
    );
  });

  it('reads audit entries', async () => {
    const { Item } = await tenant.send(new GetItemCommand({ TableName, Key: key('org_A#audit#2026-01') }));
    expect(Item).toBeDefined();
  });
});

describe('across organizations', () => {
  it.each([
    ['GetItem', () => tenant.send(new GetItemCommand({ TableName, Key: key('org_B#user') }))],
    [
      'GetItem of an organization whose id begins like the own one',
      () => tenant.send(new GetItemCommand({ TableName, Key: key('org_AB#user') })),
    ],
    ['PutItem', () => tenant.send(new PutItemCommand({ TableName, Item: key('org_B#user', '2') }))],
    ['UpdateItem', () => tenant.send(new UpdateItemCommand({ TableName, Key: key('org_B#user') }))],
    ['DeleteItem', () => tenant.send(new DeleteItemCommand({ TableName, Key: key('org_B#user') }))],
    ['Query', () => tenant.send(new QueryCommand(queryOf('org_B#user')))],
    [
      'Query of an index',
      () =>
        tenant.send(
          new QueryCommand({
            ...queryOf('org_A#user'),
            IndexName: 'directory',
            ExpressionAttributeNames: { '#pk': 'directoryPk' },
          }),
        ),
    ],
    ['Scan', () => tenant.send(new ScanCommand({ TableName }))],
    ['Scan of an index', () => tenant.send(new ScanCommand({ TableName, IndexName: 'directory' }))],
    [
      'PartiQL',
      () =>
        tenant.send(
          new ExecuteStatementCommand({ Statement: `SELECT * FROM "things" WHERE pk = 'org_A#user'` }),
        ),
    ],
    [
      'a batch that mixes keys',
      () =>
        tenant.send(
          new BatchGetItemCommand({
            RequestItems: { [TableName]: { Keys: [key('org_A#user'), key('org_B#user')] } },
          }),
        ),
    ],
    [
      'a batch write',
      () =>
        tenant.send(
          new BatchWriteItemCommand({
            RequestItems: { [TableName]: [{ PutRequest: { Item: key('org_A#user', '3') } }] },
          }),
        ),
    ],
    [
      'a transaction that mixes keys',
      () =>
        tenant.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { TableName, Item: key('org_A#x') } },
              { Delete: { TableName, Key: key('org_B#user') } },
            ],
          }),
        ),
    ],
    [
      "a transaction that looks at another's item",
      () =>
        tenant.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              {
                ConditionCheck: {
                  TableName,
                  Key: key('org_B#user'),
                  ConditionExpression: 'attribute_exists(pk)',
                },
              },
            ],
          }),
        ),
    ],
    [
      'a transaction that reads',
      () =>
        tenant.send(
          new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: key('org_B#user') } }] }),
        ),
    ],
    [
      'a key without its leading part',
      () => tenant.send(new GetItemCommand({ TableName, Key: { sk: { S: '1' } } })),
    ],
    [
      'writing an audit entry',
      () => tenant.send(new PutItemCommand({ TableName, Item: key('org_A#audit#2026-01', '2') })),
    ],
    [
      'changing an audit entry',
      () => tenant.send(new UpdateItemCommand({ TableName, Key: key('org_A#audit#2026-01') })),
    ],
    [
      'deleting an audit entry',
      () => tenant.send(new DeleteItemCommand({ TableName, Key: key('org_A#audit#2026-01') })),
    ],
    [
      'moving the audit chain in a transaction',
      () =>
        tenant.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              {
                Update: {
                  TableName,
                  Key: key('org_A#audit-chain'),
                  UpdateExpression: 'SET x = :x',
                  ExpressionAttributeValues: { ':x': { N: '1' } },
                },
              },
            ],
          }),
        ),
    ],
  ])('%s is denied', async (_, send) => {
    await expect(send()).rejects.toMatchObject(denied);
  });

  it('says who, what and where, as AWS does', async () => {
    await expect(tenant.send(new GetItemCommand({ TableName, Key: key('org_B#user') }))).rejects.toThrow(
      'User: arn:aws:sts::111122223333:assumed-role/tenant/test is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-central-1:111122223333:table/things because no identity-based policy allows the dynamodb:GetItem action',
    );
    await expect(
      tenant.send(new DeleteItemCommand({ TableName, Key: key('org_A#audit#1') })),
    ).rejects.toThrow('with an explicit deny in an identity-based policy');
  });

  it('changes nothing', async () => {
    const { Items = [] } = await engineClient(aws).send(new QueryCommand(queryOf('org_B#user')));
    expect(Items.map(({ sk }) => sk?.S)).toEqual(['1']);
  });
});
