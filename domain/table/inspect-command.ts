import * as z from 'zod/mini';
import { belongsTo, indexes, tableLayout } from './layout.ts';

/** What a guarded client may touch. */
export interface Boundary {
  readonly table: string;
  /** Names of the indexes it may query. */
  readonly indexes: readonly string[];
  /** Whether a partition key (of the table or of an index) is allowed. */
  admits(partitionKey: string): boolean;
}

const attributeValue = z.looseObject({ S: z.optional(z.string()) });
const item = z.record(z.string(), attributeValue);

const text = z.optional(z.string());
// Parameters that only affect how much is returned, or how, and can't reach other items.
const harmless = z.optional(z.unknown());
const answer = {
  ReturnConsumedCapacity: harmless,
  ReturnItemCollectionMetrics: harmless,
  ReturnValues: harmless,
  ReturnValuesOnConditionCheckFailure: harmless,
};

// Strict: a parameter that isn't named here can't be judged. Among these are the legacy ones, such as
// `AttributeUpdates`, which write and select without an expression.
const request = z.strictObject({
  TableName: z.string(),
  IndexName: text,
  Key: z.optional(item),
  Item: z.optional(item),
  ExclusiveStartKey: z.optional(item),
  ExpressionAttributeNames: z.optional(z.record(z.string(), z.string())),
  ExpressionAttributeValues: z.optional(item),
  ConditionExpression: text,
  FilterExpression: text,
  KeyConditionExpression: text,
  ProjectionExpression: text,
  UpdateExpression: text,
  Select: text,
  ConsistentRead: harmless,
  Limit: harmless,
  ScanIndexForward: harmless,
  ...answer,
});
type Request = z.infer<typeof request>;

const transactWrite = z.strictObject({
  ...answer,
  ClientRequestToken: text,
  TransactItems: z.array(z.partialRecord(z.enum(['Put', 'Update', 'Delete', 'ConditionCheck']), request)),
});
const transactGet = z.strictObject({
  ...answer,
  TransactItems: z.array(z.strictObject({ Get: request })),
});
const batchGet = z.strictObject({
  ...answer,
  RequestItems: z.record(z.string(), z.strictObject({ Keys: z.array(item), ConsistentRead: harmless })),
});

/**
 * The requests inside a command, or null for a command that can't be judged. Throws for a parameter that
 * can't be.
 */
function requestsOf(command: string, input: unknown): Request[] | null {
  switch (command) {
    case 'GetItemCommand':
    case 'PutItemCommand':
    case 'UpdateItemCommand':
    case 'DeleteItemCommand':
    case 'QueryCommand':
      return [request.parse(input)];
    case 'TransactWriteItemsCommand':
      return transactWrite.parse(input).TransactItems.flatMap((entry) => Object.values(entry));
    case 'TransactGetItemsCommand':
      return transactGet.parse(input).TransactItems.map(({ Get }) => Get);
    case 'BatchGetItemCommand':
      return Object.entries(batchGet.parse(input).RequestItems).flatMap(([TableName, { Keys }]) =>
        Keys.map((Key) => ({ TableName, Key })),
      );
    default:
      return null;
  }
}

const partitionKeyOf = (indexName: string | undefined) =>
  indexes.find(({ name }) => name === indexName)?.partitionKey ?? tableLayout.partitionKey;

// The parameters that determine a query's partition.
const condition = z.object({
  IndexName: text,
  KeyConditionExpression: text,
  ExpressionAttributeNames: z.optional(z.record(z.string(), z.string())),
  ExpressionAttributeValues: z.optional(item),
});

/**
 * The value a key condition fixes the partition key to. Only `<name> = <value>` is accepted, as DynamoDB
 * itself requires.
 */
function queriedPartition(query: z.infer<typeof condition>): string | undefined {
  const attribute = partitionKeyOf(query.IndexName);
  for (const [, name = '', value = ''] of (query.KeyConditionExpression ?? '').matchAll(
    /(#?\w+)\s*=\s*(:\w+)/g,
  ))
    if ((query.ExpressionAttributeNames?.[name] ?? name) === attribute)
      return query.ExpressionAttributeValues?.[value]?.S;
  return undefined;
}

// The format of partition keys, which no other value has: any other than the caller's own is foreign.
const looksLikePartitionKey = /^(?:platform|org_[0-9A-HJKMNP-TV-Z]{26})#/;

// The attributes that determine an item's partition in the table and its indexes. Other attributes are
// plain text, which may look like a key.
const leadingAttributes = new Set<string>([tableLayout, ...indexes].map(({ partitionKey }) => partitionKey));

/** The leading attributes of a whole item: one that is put, or one after which a query continues. */
const leadingOf = (attributes: z.infer<typeof item> = {}) =>
  Object.entries(attributes).flatMap(([name, value]) => (leadingAttributes.has(name) ? [value.S] : []));

const assignment = /(#?\w+)\s*=\s*(:\w+)\s*(?=,|$)/g;

/**
 * The values that an update sets leading attributes to; undefined for a computed one, which can't be judged.
 */
function assignedByUpdate(update: Request): (string | undefined)[] {
  const { UpdateExpression = '', ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = update;
  const isLeading = (name: string) => leadingAttributes.has(ExpressionAttributeNames[name] ?? name);
  const clauses = UpdateExpression.split(/(?<![#:\w])(?=(?:SET|REMOVE|ADD|DELETE)\b)/i).filter(
    (clause) => !/^REMOVE\b/i.test(clause),
  );
  return clauses.flatMap((clause) => [
    ...[...clause.matchAll(assignment)].flatMap(([, name = '', value = '']) =>
      isLeading(name) ? [ExpressionAttributeValues[value]?.S] : [],
    ),
    ...[...clause.replaceAll(assignment, '').matchAll(/#?\w+/g)].flatMap(([name]) =>
      isLeading(name) ? [undefined] : [],
    ),
  ]);
}

function problemOf(request: Request, isQuery: boolean, boundary: Boundary): string | null {
  if (request.TableName !== boundary.table) return 'another table';
  if (request.IndexName !== undefined && !boundary.indexes.includes(request.IndexName))
    return 'an index outside the boundary';
  if (request.IndexName !== undefined && (request.ProjectionExpression ?? request.Select) !== undefined)
    return 'an index read without the keys of its rows';
  const { partitionKey } = tableLayout;
  const partition = isQuery ? queriedPartition(request) : (request.Key ?? request.Item)?.[partitionKey]?.S;
  if (partition === undefined) return 'no partition key';
  if (!boundary.admits(partition)) return 'a partition outside the boundary';
  const isStray = (text: string | undefined) =>
    text === undefined || (looksLikePartitionKey.test(text) && !boundary.admits(text));
  // The rows of an index depend on its own key alone, so the last row of a page may be one that another
  // organization planted there.
  const { [request.IndexName === undefined ? '' : partitionKey]: _, ...start } =
    request.ExclusiveStartKey ?? {};
  const written = [...leadingOf(request.Item), ...leadingOf(start), ...assignedByUpdate(request)];
  return written.some(isStray) ? 'a key outside the boundary' : null;
}

/** Why a marshalled DynamoDB command leaves the boundary, or null if it doesn't. */
export function inspect(command: string, input: unknown, boundary: Boundary): string | null {
  let requests: Request[] | null;
  try {
    requests = requestsOf(command, input);
  } catch {
    // An unreadable request isn't sent. Naming `z.core` would bundle all of zod.
    return 'a parameter the product does not use';
  }
  if (requests === null) return 'not an operation the product uses';
  for (const entry of requests) {
    const problem = problemOf(entry, command === 'QueryCommand', boundary);
    if (problem !== null) return problem;
  }
  return null;
}

// The document client has unmarshalled the response before the guard sees it. A schema for each of a list's
// hundred rows would cost more than everything else here.
const partitionKeyIn = (row: unknown): string => {
  const { [tableLayout.partitionKey]: key }: { readonly [tableLayout.partitionKey]?: unknown } = Object(row);
  return typeof key === 'string' ? key : '';
};

/**
 * The response to an index query without planted rows: an item's own attributes determine its partition in an
 * index, and no IAM policy compares them with its key. Every other response is returned as it is.
 */
export function withoutForeignRows<Answer extends object>(
  command: string,
  input: object,
  answer: Answer,
): Answer {
  if (command !== 'QueryCommand' || !('IndexName' in input)) return answer;
  if (!('Items' in answer) || !Array.isArray(answer.Items)) return answer;
  const partition = queriedPartition(condition.parse(input)) ?? '';
  const own = answer.Items.filter((row) => belongsTo(partition, partitionKeyIn(row)));
  return { ...answer, Items: own, Count: own.length };
}
