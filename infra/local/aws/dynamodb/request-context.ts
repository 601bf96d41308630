import type { Access } from '../iam/authorizer.ts';
import type { Item } from './requests.ts';

export type Context = NonNullable<Access['context']>;

/** `dynamodb:LeadingKeys`: absent when no item names its key. DynamoDB's partition keys are text, numbers or binary. */
export function leadingKeys(items: readonly (Item | undefined)[], partitionKey: string): Context {
  const keys = items.flatMap((item) => {
    const { S, N, B } = item?.[partitionKey] ?? {};
    const text = S ?? N ?? B;
    return typeof text === 'string' ? [text] : [];
  });
  return keys.length === 0 ? {} : { 'dynamodb:LeadingKeys': keys };
}

interface Writing {
  readonly Key?: Item | undefined;
  readonly Item?: Item | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
}

/**
 * `dynamodb:Attributes` of a write: the top-level attributes that it names. Words of the expression that are no attribute (SET, ADD)
 * are among them, which only a policy that denies those words would notice.
 */
export function writtenAttributes(request: Writing): Context {
  const { Key = {}, Item: whole = {}, UpdateExpression = '', ExpressionAttributeNames = {} } = request;
  const words = UpdateExpression.match(/(?<![\w#:.])#?[A-Za-z_]\w*/g) ?? [];
  const named = words.map((word) => ExpressionAttributeNames[word] ?? word);
  return { 'dynamodb:Attributes': [...new Set([...Object.keys(Key), ...Object.keys(whole), ...named])] };
}

export const consumedCapacity = (request: {
  readonly ReturnConsumedCapacity?: string | undefined;
}): Context => ({
  'dynamodb:ReturnConsumedCapacity': request.ReturnConsumedCapacity ?? 'NONE',
});

interface Reading {
  readonly IndexName?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
  readonly Select?: string | undefined;
}

/** `dynamodb:Select`, as DynamoDB understands a request that doesn't say. */
export function selection({ Select, ProjectionExpression, AttributesToGet, IndexName }: Reading): Context {
  const implied = IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
  const projected = ProjectionExpression ?? AttributesToGet;
  return { 'dynamodb:Select': Select ?? (projected === undefined ? implied : 'SPECIFIC_ATTRIBUTES') };
}
