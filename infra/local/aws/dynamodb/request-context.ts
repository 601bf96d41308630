import { AwsError } from '../http/answer.ts';
import type { Access } from '../iam/authorizer.ts';
import type { Item } from './requests.ts';

type Context = NonNullable<Access['context']>;

/**
 * `dynamodb:LeadingKeys`: absent when no item names its key. DynamoDB's partition keys are text, numbers or
 * binary.
 */
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

// DynamoDB accepts such attribute names only as placeholders. Source: DynamoDB Developer Guide, "Reserved
// words in DynamoDB" and "Update expressions".
const keyword = /^(?:SET|REMOVE|ADD|DELETE|if_not_exists|list_append)$/i;

/** `dynamodb:Attributes` of a write: the top-level attributes that it names. */
export function writtenAttributes(request: Writing): Context {
  const { Key = {}, Item: whole = {}, UpdateExpression = '', ExpressionAttributeNames = {} } = request;
  const words = UpdateExpression.match(/(?<![\w#:.])#?[A-Za-z_]\w*/g) ?? [];
  const named = words
    .filter((word) => !keyword.test(word))
    .map((word) => ExpressionAttributeNames[word] ?? word);
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

/** `dynamodb:Select`, with DynamoDB's defaults for requests that leave it out. */
export function selection({ Select, ProjectionExpression, AttributesToGet, IndexName }: Reading): Context {
  const implied = IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
  const projected = ProjectionExpression ?? AttributesToGet;
  return { 'dynamodb:Select': Select ?? (projected === undefined ? implied : 'SPECIFIC_ATTRIBUTES') };
}

interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

const token = /\s*(?:(<>|<=|>=|[=<>(),])|([#:]?[\w.-]+))/gy;

function tokens(expression: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < expression.trimEnd().length) {
    const [, symbol, word] = token.exec(expression) ?? [];
    const next = symbol ?? word;
    if (next === undefined)
      throw new AwsError(
        'ValidationException',
        `Invalid KeyConditionExpression: Syntax error in "${expression}"`,
      );
    found.push(next);
  }
  return found;
}

/**
 * The value to which a KeyConditionExpression fixes the partition key. DynamoDB requires exactly one
 * equality, so anything else is refused: the gate must never authorize a different key than the engine reads.
 * Source: DynamoDB Developer Guide, "Key condition expressions for the Query operation".
 */
export function partitionValue(
  expression: string,
  partitionKey: string,
  placeholders: Placeholders,
): unknown {
  const words = tokens(expression);
  const values = words.flatMap((word, index) => {
    if (word !== '=') return [];
    const sides = [words[index - 1] ?? '', words[index + 1] ?? ''];
    const value = sides.find((side) => side.startsWith(':'));
    const name = sides.find((side) => !side.startsWith(':'));
    if (value === undefined || name === undefined) return [];
    return (placeholders.names[name] ?? name) === partitionKey ? [placeholders.values[value]] : [];
  });
  if (values.length !== 1)
    throw new AwsError('ValidationException', `Query condition missed key schema element: ${partitionKey}`);
  return values[0];
}
