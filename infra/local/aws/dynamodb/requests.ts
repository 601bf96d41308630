import * as z from 'zod';
import { AwsError } from '../http/messages.ts';
import type { Access } from '../iam/authorizer.ts';
import type { TableResource, TableShape } from '../resources.ts';

/** An item or key in DynamoDB's JSON: attribute name → type → value. */
export const item = z.record(z.string(), z.record(z.string(), z.unknown()));
type Item = z.infer<typeof item>;

const consumed = { ReturnConsumedCapacity: z.string().optional() };
const projection = {
  ProjectionExpression: z.string().optional(),
  AttributesToGet: z.array(z.string()).optional(),
};

/**
 * The parts of a request on one item, one partition or a whole table that the gate reads. The engine
 * validates the rest.
 */
export const plainRequest = z.looseObject({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: item.optional(),
  Item: item.optional(),
  KeyConditionExpression: z.string().optional(),
  UpdateExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: item.default({}),
  Select: z.string().optional(),
  ReturnValues: z.string().optional(),
  ...projection,
  ...consumed,
});

export const batchGetRequest = z.looseObject({
  RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(item), ...projection })),
  ...consumed,
});

const batchedWrite = z.union([
  z
    .strictObject({ PutRequest: z.looseObject({ Item: item }) })
    .transform(({ PutRequest }) => PutRequest.Item),
  z
    .strictObject({ DeleteRequest: z.looseObject({ Key: item }) })
    .transform(({ DeleteRequest }) => DeleteRequest.Key),
]);

export const batchWriteRequest = z.looseObject({
  RequestItems: z.record(z.string(), z.array(batchedWrite)),
  ...consumed,
});

const transactEntry = z.looseObject({
  TableName: z.string(),
  Key: item.optional(),
  Item: item.optional(),
  UpdateExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ProjectionExpression: z.string().optional(),
});

/** An entry of TransactItems, as its operation's IAM action and the item that it concerns. */
const transacted = z.union([
  z.strictObject({ Get: transactEntry }).transform(({ Get }) => ({ action: 'GetItem', ...Get })),
  z.strictObject({ Put: transactEntry }).transform(({ Put }) => ({ action: 'PutItem', ...Put })),
  z.strictObject({ Update: transactEntry }).transform(({ Update }) => ({ action: 'UpdateItem', ...Update })),
  z.strictObject({ Delete: transactEntry }).transform(({ Delete }) => ({ action: 'DeleteItem', ...Delete })),
  z
    .strictObject({ ConditionCheck: transactEntry })
    .transform(({ ConditionCheck }) => ({ action: 'ConditionCheckItem', ...ConditionCheck })),
]);

export const transactRequest = z.looseObject({ TransactItems: z.array(transacted), ...consumed });

/** Parses a request, or throws DynamoDB's ValidationException. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AwsError('ValidationException', `${issue?.path.join('.')}: ${issue?.message}`);
}

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

/** A table's ARN, and the partition key attributes of the table and its indexes. */
export interface KeySchema {
  readonly tableArn: string;
  readonly partitionKey: string;
  /** Partition key attribute by index name. */
  readonly indexes: Readonly<Record<string, string>>;
}

/**
 * Finds a table's key schema by name.
 * @throws AwsError ResourceNotFoundException for an unknown table
 */
export type KeySchemas = (tableName: string) => KeySchema;

export function keySchemasOf(tables: readonly TableResource[]): KeySchemas {
  const partitionKeyOf = (keys: TableShape['KeySchema']) =>
    keys.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  const schemas = new Map(
    tables.map(({ arn, shape }) => [
      shape.TableName,
      {
        tableArn: arn,
        partitionKey: partitionKeyOf(shape.KeySchema),
        indexes: Object.fromEntries(
          shape.GlobalSecondaryIndexes.map(({ IndexName, KeySchema }) => [
            IndexName,
            partitionKeyOf(KeySchema),
          ]),
        ),
      },
    ]),
  );
  return (tableName) => {
    const schema = schemas.get(tableName);
    if (schema === undefined)
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Table: ${tableName} not found`,
      );
    return schema;
  };
}
