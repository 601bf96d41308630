import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type AppError, collided } from '../errors.ts';
import { backoff } from './backoff.ts';

// Enough for milliseconds until the year 5188 and for 1,296 writes.
const [timeDigits, stepDigits] = [9, 2];
const digits = (value: number, count: number): string => value.toString(36).padStart(count, '0');

/** When a transaction was sent, and a write's position in it, as a string that sorts chronologically. */
export const orderAt = (time: number, step: number): string =>
  `${digits(time, timeDigits)}${digits(step, stepDigits)}`;

const isStamp = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && 'action' in value && 'by' in value;

const ordered = (
  values: Readonly<Record<string, unknown>>,
  isChanged: (name: string) => boolean,
  order: string,
) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isChanged(name) && isStamp(value) ? { ...value, order } : value,
    ]),
  );

/** The same write, whose change stamp contains its order in the audit log. */
function inOrder(write: TransactItem, order: string): TransactItem {
  const { Put, Update } = write;
  if (Put?.Item !== undefined)
    return { Put: { ...Put, Item: ordered(Put.Item, (name) => name === 'changed', order) } };
  if (Update?.ExpressionAttributeValues !== undefined) {
    const { ExpressionAttributeValues: values } = Update;
    // ElectroDB names an attribute's value after it.
    const isChanged = (name: string) => name.startsWith(':changed');
    return { Update: { ...Update, ExpressionAttributeValues: ordered(values, isChanged, order) } };
  }
  return write;
}

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** An ElectroDB operation that returns its DynamoDB parameters. */
interface Operation<Params> {
  params(options: { table: string }): Params;
}

/** One write of a transaction: the command, and the error if its condition fails. */
export interface Write {
  readonly item: TransactItem;
  readonly refusal: () => AppError;
}

interface Target {
  readonly client: { send(command: TransactWriteCommand): Promise<unknown> };
  readonly table: string;
  /** Writes at the start of every transaction, see `carrying`. */
  readonly along?: readonly Write[];
  readonly whileHolds?: () => Write;
}

/**
 * The same scope, whose transactions also contain these writes: a use case that doesn't know about them
 * then only succeeds if they do. It must make a single transaction.
 */
export const carrying = <Of extends Target>(target: Of, along: readonly Write[]): Of => ({
  ...target,
  along,
});

type PutParams = NonNullable<TransactItem['Put']>;
type UpdateParams = NonNullable<TransactItem['Update']>;
type DeleteParams = NonNullable<TransactItem['Delete']>;

export const putOperation = (
  { table }: Target,
  operation: Operation<PutParams>,
  refusal: () => AppError = collided,
): Write => ({ item: { Put: operation.params({ table }) }, refusal });

export const updateOperation = (
  { table }: Target,
  operation: Operation<UpdateParams>,
  refusal: () => AppError = collided,
): Write => ({ item: { Update: operation.params({ table }) }, refusal });

export const deleteOperation = (
  { table }: Target,
  operation: Operation<DeleteParams>,
  refusal: () => AppError = collided,
): Write => ({ item: { Delete: operation.params({ table }) }, refusal });

/**
 * A condition on an item that the transaction doesn't change. ElectroDB has no typed condition check, so
 * this takes a removal, of which only the key and the condition are used.
 */
export const checkOperation = (
  { table }: Target,
  removal: Operation<DeleteParams>,
  refusal: () => AppError = collided,
): Write => {
  const { ConditionExpression = '', ...params } = removal.params({ table });
  return { item: { ConditionCheck: { ...params, ConditionExpression } }, refusal };
};

const attempts = 4;

/**
 * Writes all or nothing. Throws the refusal of the first write whose condition fails. Transactions that
 * conflict on an item are retried, as AWS advises, and finally throw `conflict`. If a response is lost, the
 * SDK repeats the request with its `ClientRequestToken`, so that nothing is written twice. Only if that
 * fails too is the outcome unknown; if the change was made, its conditions refuse another attempt
 * (`conflict` or `stale`). The target's own condition comes last, so that the change's refusals take
 * precedence.
 */
export async function transact(target: Target, own: readonly Write[]): Promise<void> {
  const { along = [], whileHolds } = target;
  const writes = [...along, ...own, ...(whileHolds === undefined ? [] : [whileHolds()])];
  const command = () => {
    const now = Date.now();
    const items = writes.map(({ item }, step) => inOrder(item, orderAt(now, step)));
    return new TransactWriteCommand({ TransactItems: items });
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await target.client.send(command());
      return;
    } catch (error) {
      const outcome = refusalOf(error, writes);
      if (outcome === 'retry' && attempt < attempts) await backoff(attempt);
      else throw outcome === 'retry' ? collided() : outcome;
    }
  }
}

/**
 * Tries once to write all or nothing. Returns the indexes of the writes whose conditions failed; none if
 * another transaction interfered; null if everything was written.
 */
export async function tryTransact(
  target: Target,
  writes: readonly Write[],
): Promise<readonly number[] | null> {
  try {
    await target.client.send(new TransactWriteCommand({ TransactItems: writes.map(({ item }) => item) }));
    return null;
  } catch (error) {
    const codes = reasonsOf(error);
    const refused = codes.flatMap((code, at) => (code === 'ConditionalCheckFailed' ? [at] : []));
    if (refused.length > 0 || codes.includes('TransactionConflict')) return refused;
    throw error;
  }
}

/**
 * Makes a single write, at half the cost of a transaction. Returns false if its condition fails, instead of
 * throwing its refusal.
 */
export async function write(
  { client, table, whileHolds }: Target & { readonly client: DynamoDBDocumentClient },
  { item }: Write,
): Promise<boolean> {
  if (whileHolds !== undefined) {
    const refused = collided();
    const only = { item, refusal: () => refused };
    return await transact({ client, table, whileHolds }, [only]).then(
      () => true,
      (error: unknown) => {
        if (error === refused) return false;
        throw error;
      },
    );
  }
  const { Put, Update, Delete } = inOrder(item, orderAt(Date.now(), 0));
  if (Put !== undefined) return await happened(client.send(new PutCommand(Put)));
  if (Update !== undefined) return await happened(client.send(new UpdateCommand(Update)));
  if (Delete !== undefined) return await happened(client.send(new DeleteCommand(Delete)));
  throw new Error('a condition alone writes nothing');
}

/** Why each write of a transaction was cancelled; empty for other errors. */
const reasonsOf = (error: unknown): readonly (string | undefined)[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons?.map(({ Code }) => Code) ?? [])
    : [];

function refusalOf(error: unknown, writes: readonly Write[]): unknown {
  if (!(error instanceof TransactionCanceledException)) return error;
  const codes = reasonsOf(error);
  const refused = writes[codes.indexOf('ConditionalCheckFailed')];
  if (refused !== undefined) return refused.refusal();
  return codes.includes('TransactionConflict') ? 'retry' : error;
}

/** Whether a single write succeeded: false if its condition failed. Other errors are rethrown. */
export async function happened(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    // ElectroDB wraps the SDK's errors.
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    if (cause instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
