import { describe, expect, it } from 'vitest';
import { requiredAccess } from '../../../../../infra/local/aws/dynamodb/gate.ts';
import { AwsError } from '../../../../../infra/local/aws/http/messages.ts';

const tableArn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/things';
const schemas = (name: string) => {
  if (name !== 'things') throw new AwsError('ResourceNotFoundException', name);
  return { tableArn, partitionKey: 'pk', indexes: { directory: 'directoryPk' } };
};
const access = (operation: string, input: unknown) => requiredAccess(operation, input, schemas);
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });
const leading = (operation: string, input: unknown) =>
  access(operation, input).map(({ action, context }) => [action, context?.['dynamodb:LeadingKeys']]);

describe('what a DynamoDB request needs', () => {
  it('takes the leading key of an item operation from its key, and of a put from its item', () => {
    expect(leading('GetItem', { TableName: 'things', Key: key('a#1') })).toEqual([
      ['dynamodb:GetItem', ['a#1']],
    ]);
    expect(leading('UpdateItem', { TableName: 'things', Key: key('a#1') })).toEqual([
      ['dynamodb:UpdateItem', ['a#1']],
    ]);
    expect(leading('DeleteItem', { TableName: 'things', Key: key('a#1') })).toEqual([
      ['dynamodb:DeleteItem', ['a#1']],
    ]);
    expect(leading('PutItem', { TableName: 'things', Item: key('a#1'), Key: key('b#1') })).toEqual([
      ['dynamodb:PutItem', ['a#1']],
    ]);
  });

  it('has no leading key where the request names none', () => {
    expect(leading('GetItem', { TableName: 'things', Key: { sk: { S: '1' } } })).toEqual([
      ['dynamodb:GetItem', undefined],
    ]);
    expect(leading('Scan', { TableName: 'things' })).toEqual([['dynamodb:Scan', undefined]]);
  });

  it('names the attributes that a write touches, and no word of the expression’s language', () => {
    const [update] = access('UpdateItem', {
      TableName: 'things',
      Key: key('a#1'),
      UpdateExpression: 'SET #a = :a, size = if_not_exists(size, :b) remove #set ADD seen :c',
      ExpressionAttributeNames: { '#a': 'name', '#set': 'SET' },
    });
    expect(update?.context?.['dynamodb:Attributes']).toEqual(['pk', 'sk', 'name', 'size', 'SET', 'seen']);
    const [put] = access('PutItem', { TableName: 'things', Item: { ...key('a#1'), name: { S: 'b' } } });
    expect(put?.context?.['dynamodb:Attributes']).toEqual(['pk', 'sk', 'name']);
  });

  it('judges a query of an index by the index: its ARN, its own partition key', () => {
    const query = {
      TableName: 'things',
      IndexName: 'directory',
      KeyConditionExpression: '#d = :d',
      ExpressionAttributeNames: { '#d': 'directoryPk' },
      ExpressionAttributeValues: { ':d': { S: 'platform#organizations#1' }, ':p': { S: 'org_A#x' } },
    };
    expect(access('Query', query)).toEqual([
      {
        action: 'dynamodb:Query',
        resource: `${tableArn}/index/directory`,
        context: {
          'dynamodb:LeadingKeys': ['platform#organizations#1'],
          'dynamodb:Select': 'ALL_PROJECTED_ATTRIBUTES',
          'dynamodb:ReturnConsumedCapacity': 'NONE',
        },
      },
    ]);
  });

  it('judges a batch as one action with every key', () => {
    expect(leading('BatchGetItem', { RequestItems: { things: { Keys: [key('a#1'), key('b#1')] } } })).toEqual(
      [['dynamodb:BatchGetItem', ['a#1', 'b#1']]],
    );
    const writes = [{ PutRequest: { Item: key('a#1') } }, { DeleteRequest: { Key: key('b#1') } }];
    expect(leading('BatchWriteItem', { RequestItems: { things: writes } })).toEqual([
      ['dynamodb:BatchWriteItem', ['a#1', 'b#1']],
    ]);
  });

  it('judges a transaction as the single actions it is made of, and says what encloses them', () => {
    const TransactItems = [
      { Put: { TableName: 'things', Item: key('a#1') } },
      { Update: { TableName: 'things', Key: key('a#2') } },
      { Delete: { TableName: 'things', Key: key('a#3') } },
      { ConditionCheck: { TableName: 'things', Key: key('a#4') } },
    ];
    expect(leading('TransactWriteItems', { TransactItems })).toEqual([
      ['dynamodb:PutItem', ['a#1']],
      ['dynamodb:UpdateItem', ['a#2']],
      ['dynamodb:DeleteItem', ['a#3']],
      ['dynamodb:ConditionCheckItem', ['a#4']],
    ]);
    expect(access('TransactWriteItems', { TransactItems })[0]?.context?.['dynamodb:EnclosingOperation']).toBe(
      'TransactWriteItems',
    );
  });

  it('names PartiQL by its verb and table, without leading keys', () => {
    expect(
      access('ExecuteStatement', { Statement: `SELECT * FROM "things"."directory" WHERE pk = 'a'` }),
    ).toEqual([{ action: 'dynamodb:PartiQLSelect', resource: `${tableArn}/index/directory` }]);
    expect(
      access('BatchExecuteStatement', { Statements: [{ Statement: 'delete from things where pk = 1' }] }),
    ).toEqual([{ action: 'dynamodb:PartiQLDelete', resource: tableArn }]);
  });

  it.each([
    ['GetItem', { TableName: 'other', Key: key('a#1') }, 'other'],
    ['Query', { TableName: 'things', KeyConditions: {} }, 'KeyConditions is not supported'],
    [
      'Query',
      { TableName: 'things', IndexName: 'none', KeyConditionExpression: 'a = :a' },
      'specified index',
    ],
    ['TransactWriteItems', { TransactItems: [{ Shred: { TableName: 'things' } }] }, 'TransactItems'],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'things' }, Get: { TableName: 'things' } }] },
      'TransactItems',
    ],
    ['BatchWriteItem', { RequestItems: { things: [{}] } }, 'RequestItems'],
    ['DescribeTable', { TableName: 'things' }, 'does not implement dynamodb:DescribeTable'],
    ['ExecuteStatement', { Statement: 'EXISTS(SELECT 1)' }, 'well formed'],
  ])('refuses %s of %j', (operation, input, reason) => {
    expect(() => access(operation, input)).toThrow(reason);
  });
});
