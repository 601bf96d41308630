import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

// Enough for milliseconds until the year 5188 and for 1,296 writes.
const [timeDigits, stepDigits] = [9, 2];
const digits = (value: number, count: number): string => value.toString(36).padStart(count, '0');

/** When a transaction was sent, and a write's place in it: as text that sorts as they happened. */
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

/** The same write, whose change stamp says in which order the trail tells of it. */
export function inOrder(write: TransactItem, order: string): TransactItem {
  const { Put, Update } = write;
  if (Put?.Item !== undefined)
    return { Put: { ...Put, Item: ordered(Put.Item, (name) => name === 'changed', order) } };
  if (Update?.ExpressionAttributeValues !== undefined) {
    const { ExpressionAttributeValues: values } = Update;
    // ElectroDB names the value of an attribute after it.
    const isChanged = (name: string) => name.startsWith(':changed');
    return { Update: { ...Update, ExpressionAttributeValues: ordered(values, isChanged, order) } };
  }
  return write;
}
