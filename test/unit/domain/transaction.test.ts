import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { transact, type Write, write as writeAlone } from '../../../domain/table/transaction.ts';

const write = (name: string): Write => ({
  item: { Put: { TableName: 'table', Item: { pk: name } } },
  refusal: () => new AppError('already_exists', name),
});

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** A table whose transactions have the given outcomes; the last one repeats. */
function table(...outcomes: (Error | 'written')[]) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  const mock = mockClient(client);
  let call = 0;
  mock.on(TransactWriteCommand).callsFake(() => {
    const outcome = outcomes[Math.min(call, outcomes.length - 1)];
    call += 1;
    if (outcome instanceof Error) throw outcome;
    return {};
  });
  const sent = () => mock.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];
  return { target: { table: 'table', client }, calls: () => call, sent };
}

describe('a transaction', () => {
  it('that collides with another one is tried again', async () => {
    const { target, calls } = table(cancelled('TransactionConflict'), 'written');
    await transact(target, [write('one')]);
    expect(calls()).toBe(2);
  });

  it('that collides again and again is a conflict, after four attempts', async () => {
    const { target, calls } = table(cancelled('TransactionConflict'));
    await expect(transact(target, [write('one')])).rejects.toMatchObject({ code: 'conflict' });
    expect(calls()).toBe(4);
  });

  it('whose condition fails is refused in the words of that write, at once', async () => {
    const { target, calls } = table(cancelled('None', 'ConditionalCheckFailed'));
    await expect(transact(target, [write('one'), write('two')])).rejects.toMatchObject({
      code: 'already_exists',
      message: 'two',
    });
    expect(calls()).toBe(1);
  });

  it('says in each stamp when it was sent and as which of its writes, and changes nothing else', async () => {
    const { target, sent } = table('written');
    const changed = { by: 'user_1', action: 'team.created' };
    const put: Write = {
      item: { Put: { TableName: 'table', Item: { pk: 'a', changed } } },
      refusal: () => new AppError('conflict', ''),
    };
    const update: Write = {
      item: {
        Update: {
          ...{ TableName: 'table', Key: { pk: 'b' }, UpdateExpression: 'SET #changed = :changed_u0' },
          ExpressionAttributeValues: { ':changed_u0': changed, ':name_u0': 'changed' },
        },
      },
      refusal: () => new AppError('conflict', ''),
    };
    await transact(target, [put, write('bookkeeping'), update]);
    const [first, second, third] = sent();
    expect(second).toEqual(write('bookkeeping').item);
    const order = first?.Put?.Item?.changed.order;
    expect(first?.Put?.Item).toEqual({ pk: 'a', changed: { ...changed, order } });
    const later = third?.Update?.ExpressionAttributeValues;
    expect(later).toEqual({
      ':name_u0': 'changed',
      ':changed_u0': { ...changed, order: expect.any(String) },
    });
    expect(order).toMatch(/^[\da-z]{9}00$/);
    expect(later?.[':changed_u0'].order).toBe(order.replace(/00$/, '02'));
  });

  it('that fails for another reason fails as it is', async () => {
    const { target } = table(new Error('no network'));
    await expect(transact(target, [write('one')])).rejects.toThrow('no network');
  });
});

describe('a write by itself', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  const put = mockClient(client).on(PutCommand);
  const alone = () => writeAlone({ table: 'table', client }, write('one'));

  it('says whether its condition held, and fails for any other reason', async () => {
    put.resolvesOnce({});
    expect(await alone()).toBe(true);
    put.rejectsOnce(new ConditionalCheckFailedException({ message: 'it is there', $metadata: {} }));
    expect(await alone()).toBe(false);
    put.rejectsOnce(new Error('no network'));
    await expect(alone()).rejects.toThrow('no network');
  });
});
