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

/** A table whose every transaction ends as told, the last outcome again and again. */
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
  return { target: { table: 'table', client }, calls: () => call };
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
