import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { guard } from '../../../domain/table/guard.ts';
import { inspect, withoutForeignRows } from '../../../domain/table/inspect-command.ts';

const own = newOrganizationId(new Date());
const foreign = newOrganizationId(new Date());
const TableName = 'mtcms';
const boundary = {
  table: TableName,
  indexes: ['byMember'],
  admits: (key: string) => key.startsWith(`${own}#`),
};
const judged = (command: string, input: unknown) => inspect(command, input, boundary);

const keyOf = (organization: string) => ({ pk: { S: `${organization}#user` }, sk: { S: 'user_1' } });
const one = (organization: string) => ({ TableName, Key: keyOf(organization) });
const item = (organization: string) => ({ TableName, Item: keyOf(organization) });
const query = (condition: string, more: object = {}) => ({
  TableName,
  KeyConditionExpression: condition,
  ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
  ExpressionAttributeValues: { ':own': { S: `${own}#user` }, ':sk': { S: 'user_' } },
  ...more,
});

const partition = 'a partition outside the boundary';
const none = 'no partition key';
const unknown = 'a parameter the product does not use';

/** Parameters about the amount or format of the result, which reach no other item. */
const answer = {
  ReturnConsumedCapacity: 'TOTAL',
  ReturnItemCollectionMetrics: 'SIZE',
  ReturnValues: 'ALL_NEW',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
};

describe('the guard says why it refuses', () => {
  const refused: readonly (readonly [command: string, input: unknown, reason: string])[] = [
    ['GetItemCommand', { ...one(own), TableName: 'other' }, 'another table'],
    ['QueryCommand', query('pk = :own', { IndexName: 'directory' }), 'an index outside the boundary'],
    [
      'QueryCommand',
      query('memberPk = :own', { IndexName: 'byMember', ProjectionExpression: 'sk' }),
      'an index read without the keys of its rows',
    ],
    [
      'QueryCommand',
      query('memberPk = :own', { IndexName: 'byMember', Select: 'COUNT' }),
      'an index read without the keys of its rows',
    ],
    ['GetItemCommand', { TableName }, none],
    ['GetItemCommand', { TableName, Key: { sk: { S: 'user_1' } } }, none],
    ['GetItemCommand', { TableName, Key: { pk: { N: '1' } } }, none],
    ['GetItemCommand', one(foreign), partition],
    ['GetItemCommand', { TableName, Key: { pk: { S: 7 } } }, unknown],
    [
      'PutItemCommand',
      { TableName, Item: { ...keyOf(own), memberPk: { S: `${foreign}#users` } } },
      'a key outside the boundary',
    ],
    ['ScanCommand', { TableName }, 'not an operation the product uses'],
    ['ExecuteStatementCommand', { Statement: 'SELECT' }, 'not an operation the product uses'],
    ['GetItemCommand', { ...one(own), AttributesToGet: ['pk'] }, unknown],
    ['GetItemCommand', undefined, unknown],
  ];

  it('by what each request names', () => {
    for (const [command, input, reason] of refused)
      expect(judged(command, input), `${command} ${JSON.stringify(input)}`).toBe(reason);
  });

  it('to the log, and to the caller only that something is wrong', async () => {
    const client = DynamoDBDocumentClient.from(
      guard(
        new DynamoDBClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
        boundary,
      ),
    );
    const foreignKey = { pk: `${foreign}#user`, sk: 'user_1' };
    const refused = client.send(new GetCommand({ TableName, Key: foreignKey }));
    await expect(refused).rejects.toMatchObject({
      message: 'The data guard refused a request.',
      cause: expect.objectContaining({ message: `GetItemCommand: ${partition}` }),
    });
  });
});

describe('the guard judges', () => {
  it.each(['Put', 'Update', 'Delete', 'ConditionCheck'])('each %s of a transaction', (write) => {
    const entry = write === 'Put' ? item : one;
    const transaction = (...organizations: string[]) => ({
      ...answer,
      ClientRequestToken: 'once',
      TransactItems: organizations.map((organization) => ({
        [write]: { ...entry(organization), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
      })),
    });
    expect(judged('TransactWriteItemsCommand', transaction(own, own))).toBeNull();
    expect(judged('TransactWriteItemsCommand', transaction(own, foreign))).toBe(partition);
  });

  it('each item that a transaction or a batch reads', () => {
    const transaction = (...organizations: string[]) => ({
      ...answer,
      TransactItems: organizations.map((organization) => ({ Get: one(organization) })),
    });
    expect(judged('TransactGetItemsCommand', transaction(own, own))).toBeNull();
    expect(judged('TransactGetItemsCommand', transaction(own, foreign))).toBe(partition);
    const batch = (...organizations: string[]) => ({
      ...answer,
      RequestItems: { [TableName]: { Keys: organizations.map(keyOf), ConsistentRead: true } },
    });
    expect(judged('BatchGetItemCommand', batch(own, own))).toBeNull();
    expect(judged('BatchGetItemCommand', batch(own, foreign))).toBe(partition);
    const elsewhere = { RequestItems: { other: { Keys: [keyOf(own)] } } };
    expect(judged('BatchGetItemCommand', elsewhere)).toBe('another table');
  });

  it('no transaction or batch with a parameter that it doesn’t know', () => {
    const get = { Get: one(own) };
    expect(judged('TransactGetItemsCommand', { TransactItems: [get], Later: true })).toBe(unknown);
    expect(judged('TransactGetItemsCommand', { TransactItems: [{ ...get, Later: true }] })).toBe(unknown);
    expect(judged('TransactWriteItemsCommand', { TransactItems: [{ Later: item(own) }] })).toBe(unknown);
    expect(judged('TransactWriteItemsCommand', { TransactItems: [{ Put: item(own) }], Later: true })).toBe(
      unknown,
    );
    expect(judged('BatchGetItemCommand', { RequestItems: {}, Later: true })).toBe(unknown);
  });

  it('nothing by what only says how much is returned, or how', () => {
    expect(judged('GetItemCommand', { ...one(own), ...answer, ConsistentRead: true })).toBeNull();
    const listed = { ConsistentRead: true, Limit: 5, ScanIndexForward: false, FilterExpression: '#sk = :sk' };
    expect(judged('QueryCommand', query('#pk = :own', { ...listed, ...answer }))).toBeNull();
    expect(judged('QueryCommand', query('#pk = :own', { Select: 'COUNT' }))).toBeNull();
    expect(judged('QueryCommand', query('#pk = :own', { ProjectionExpression: 'sk' }))).toBeNull();
  });
});

describe('the partition of a query', () => {
  it.each([
    '#pk = :own',
    'pk = :own',
    'pk=:own',
    '#pk  =  :own AND begins_with(#sk, :sk)',
    '#sk = :sk AND #pk = :own',
  ])('is told from %s', (condition) => {
    expect(judged('QueryCommand', query(condition))).toBeNull();
  });

  it.each(['#sk = :own', 'memberPk = :own', '#pk > :own', '#pk = :other', ''])(
    'isn’t told from “%s”',
    (condition) => {
      expect(judged('QueryCommand', query(condition))).toBe(none);
    },
  );

  it('is that of its index, where it asks one', () => {
    const byMember = { IndexName: 'byMember' };
    expect(judged('QueryCommand', query('memberPk = :own', byMember))).toBeNull();
    expect(judged('QueryCommand', query('#pk = :own', byMember))).toBe(none);
  });

  it('needs names, values and a condition to be told', () => {
    for (const ExpressionAttributeValues of [undefined, {}, { ':own': { N: '1' } }])
      expect(
        judged('QueryCommand', { TableName, KeyConditionExpression: 'pk = :own', ExpressionAttributeValues }),
      ).toBe(none);
    expect(judged('QueryCommand', { TableName })).toBe(none);
  });
});

describe('an update of a key of an index', () => {
  const update = (UpdateExpression: string, value?: string) =>
    judged('UpdateItemCommand', {
      ...one(own),
      UpdateExpression,
      ExpressionAttributeNames: { '#at': 'memberPk', '#note': 'note' },
      ...(value === undefined
        ? {}
        : { ExpressionAttributeValues: { ':at': { S: value }, ':note': { S: 'x' } } }),
    });
  const stray = 'a key outside the boundary';

  it.each([
    'SET #at = :at',
    'SET #at=:at',
    'SET #at  =  :at  , #note = :note',
    'SET #note = :note, memberPk = :at',
    'set memberPk = :at REMOVE #note',
  ])('is judged by its value: %s', (expression) => {
    expect(update(expression, `${own}#users`)).toBeNull();
    expect(update(expression, `${foreign}#users`)).toBe(stray);
    expect(update(expression, 'platform#users')).toBe(stray);
  });

  it.each([
    'SET #at = :gone',
    'SET #at = #note',
    'ADD memberPk :at',
    'DELETE #at :at',
    'SET #at = :at + :note',
  ])('can’t be judged, and is refused: %s', (expression) => {
    expect(update(expression, `${own}#users`)).toBe(stray);
  });

  it('is refused without any values', () => {
    expect(update('SET #at = :at')).toBe(stray);
  });

  it('takes one away in every spelling', () => {
    for (const expression of ['REMOVE #at', 'remove memberPk', 'SET #note = :note REMOVE #at'])
      expect(update(expression, 'x')).toBeNull();
  });

  it('is only a text where it has not the form of a key', () => {
    for (const text of ['', 'note', `see ${foreign}#users`, 'platform', 'org_1#users'])
      expect(update('SET #at = :at', text), text).toBeNull();
  });
});

describe('rows that an index answers', () => {
  const asked = { ...query('memberPk = :own'), IndexName: 'byMember' };
  const rows = { Items: [{ pk: `${own}#user` }, { pk: `${foreign}#user` }], Count: 2 };

  it('are those of the partition that was asked for', () => {
    expect(withoutForeignRows('QueryCommand', asked, rows)).toEqual({
      Items: [{ pk: `${own}#user` }],
      Count: 1,
    });
  });

  it('are left out where that can’t be told', () => {
    const blind = { ...asked, KeyConditionExpression: '' };
    expect(withoutForeignRows('QueryCommand', blind, rows)).toEqual({ Items: [], Count: 0 });
    const numbered = { Items: [{ pk: 7 }, {}], Count: 2 };
    expect(withoutForeignRows('QueryCommand', asked, numbered)).toEqual({ Items: [], Count: 0 });
  });

  it('are as they are in every other answer', () => {
    expect(withoutForeignRows('QueryCommand', query('pk = :own'), rows)).toBe(rows);
    expect(withoutForeignRows('BatchGetItemCommand', asked, rows)).toBe(rows);
    const counted = { Count: 2 };
    expect(withoutForeignRows('QueryCommand', asked, counted)).toBe(counted);
    const odd = { Items: 'none' };
    expect(withoutForeignRows('QueryCommand', asked, odd)).toBe(odd);
  });
});
