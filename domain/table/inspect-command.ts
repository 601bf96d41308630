import * as z from 'zod/mini';
import type { Boundary } from './boundary.ts';
import { indexes, tableLayout } from './layout.ts';

const attributeValue = z.looseObject({ S: z.optional(z.string()) });
const item = z.record(z.string(), attributeValue);

const request = z.looseObject({
  TableName: z.string(),
  IndexName: z.optional(z.string()),
  Key: z.optional(item),
  Item: z.optional(item),
  ExclusiveStartKey: z.optional(item),
  ExpressionAttributeNames: z.optional(z.record(z.string(), z.string())),
  ExpressionAttributeValues: z.optional(item),
  KeyConditionExpression: z.optional(z.string()),
  UpdateExpression: z.optional(z.string()),
});
type Request = z.infer<typeof request>;

const transactWrite = z.looseObject({
  TransactItems: z.array(z.partialRecord(z.enum(['Put', 'Update', 'Delete', 'ConditionCheck']), request)),
});
const transactGet = z.looseObject({ TransactItems: z.array(z.strictObject({ Get: request })) });
const batchGet = z.looseObject({
  RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(item) })),
});

/** The requests inside a command, or null for a command that isn't on the list of those that can be judged. */
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

/** The value a key condition fixes the partition key to. Only `<name> = <value>` is accepted, as DynamoDB itself demands. */
function queriedPartition(query: Request): string | undefined {
  const attribute = partitionKeyOf(query.IndexName);
  for (const [, name = '', value = ''] of (query.KeyConditionExpression ?? '').matchAll(
    /(#?\w+)\s*=\s*(:\w+)/g,
  ))
    if ((query.ExpressionAttributeNames?.[name] ?? name) === attribute)
      return query.ExpressionAttributeValues?.[value]?.S;
  return undefined;
}

// What only a partition key looks like: a value of this form that isn't the caller's own is somebody else's key.
const looksLikePartitionKey = /^(?:platform|org_[0-9A-HJKMNP-TV-Z]{26})#/;

// The attributes that say in whose partition an item is, in the table and in its indexes. Elsewhere a text is only a text, though
// a person may well type one that looks like a key.
const leadingAttributes = new Set<string>([tableLayout, ...indexes].map(({ partitionKey }) => partitionKey));

/** The leading attributes of a whole item: of one that is put, or from which a query continues. */
const leadingOf = (attributes: z.infer<typeof item> = {}) =>
  Object.entries(attributes).flatMap(([name, value]) => (leadingAttributes.has(name) ? [value.S] : []));

const assignment = /(#?\w+)\s*=\s*(:\w+)\s*(?=,|$)/g;

/** What an update makes of leading attributes: the values it sets, undefined for one that it computes, which can't be judged. */
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
  const { partitionKey } = tableLayout;
  const partition = isQuery ? queriedPartition(request) : (request.Key ?? request.Item)?.[partitionKey]?.S;
  if (partition === undefined) return 'no partition key';
  if (!boundary.admits(partition)) return 'a partition outside the boundary';
  const isStray = (text: string | undefined) =>
    text === undefined || (looksLikePartitionKey.test(text) && !boundary.admits(text));
  const written = [
    ...leadingOf(request.Item),
    ...leadingOf(request.ExclusiveStartKey),
    ...assignedByUpdate(request),
  ];
  return written.some(isStray) ? 'a key outside the boundary' : null;
}

/** Why a marshalled DynamoDB command leaves the boundary, or null when it stays inside. */
export function inspect(command: string, input: unknown, boundary: Boundary): string | null {
  const requests = requestsOf(command, input);
  if (requests === null) return 'not an operation the product uses';
  for (const entry of requests) {
    const problem = problemOf(entry, command === 'QueryCommand', boundary);
    if (problem !== null) return problem;
  }
  return null;
}
