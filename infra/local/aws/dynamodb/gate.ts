import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { EngineClient } from '../engine/client.ts';
import type { AwsService } from '../http/endpoint.ts';
import { type AwsAnswer, AwsError, jsonBody, notImplemented, targetOperation } from '../http/messages.ts';
import type { Access, Authorize } from '../iam/authorizer.ts';
import {
  batchGetRequest,
  batchWriteRequest,
  consumedCapacity,
  item,
  type KeySchema,
  type KeySchemas,
  leadingKeys,
  parseRequest,
  partitionValue,
  plainRequest,
  selection,
  transactRequest,
  writtenAttributes,
} from './requests.ts';

/**
 * The permissions that a DynamoDB request needs, with the condition keys that AWS sets for it.
 * Sources: DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control"; Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon DynamoDB".
 */
export function requiredAccess(operation: string, input: unknown, schemas: KeySchemas): Access[] {
  switch (operation) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [itemAccess(operation, input, schemas)];
    case 'Query':
      return [queryAccess(input, schemas)];
    case 'Scan':
      return [scanAccess(input, schemas)];
    case 'BatchGetItem':
      return batchGetAccess(input, schemas);
    case 'BatchWriteItem':
      return batchWriteAccess(input, schemas);
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return transactionAccess(operation, input, schemas);
    case 'ExecuteStatement':
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction':
      return partiqlAccess(input, schemas);
    default:
      throw notImplemented('dynamodb', operation);
  }
}

const reads = ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'];
const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];

/** Whether the gate knows all keys of an operation, so that it may pass it on to the engine. */
const isFullyAuthorized = (operation: string): boolean =>
  reads.includes(operation) || writes.includes(operation);

/** Whether an operation may add records to the table's stream. */
const changesItems = (operation: string): boolean => writes.includes(operation);

type PlainRequest = z.infer<typeof plainRequest>;

/** What GetItem, PutItem, UpdateItem or DeleteItem requires. */
function itemAccess(operation: string, input: unknown, schemas: KeySchemas): Access {
  const request = parseRequest(plainRequest, input);
  const { tableArn, partitionKey } = schemas(request.TableName);
  const named = operation === 'PutItem' ? request.Item : request.Key;
  return {
    action: `dynamodb:${operation}`,
    resource: tableArn,
    context: {
      ...leadingKeys([named], partitionKey),
      ...consumedCapacity(request),
      ...(operation === 'GetItem'
        ? selection(request)
        : { ...writtenAttributes(request), 'dynamodb:ReturnValues': request.ReturnValues ?? 'NONE' }),
    },
  };
}

/** What Query requires: on an index, its leading key is the index's partition key. */
function queryAccess(input: unknown, schemas: KeySchemas): Access {
  const request = parseRequest(plainRequest, input);
  const schema = schemas(request.TableName);
  const partitionKey = partitionKeyOf(schema, request.IndexName);
  const queried = item.safeParse({ [partitionKey]: queriedPartition(request, partitionKey) });
  return {
    action: 'dynamodb:Query',
    resource: readable(schema, request.IndexName),
    context: {
      ...leadingKeys([queried.data], partitionKey),
      ...consumedCapacity(request),
      ...selection(request),
    },
  };
}

/** What Scan requires. It has no leading key. */
function scanAccess(input: unknown, schemas: KeySchemas): Access {
  const request = parseRequest(plainRequest, input);
  return {
    action: 'dynamodb:Scan',
    resource: readable(schemas(request.TableName), request.IndexName),
    context: { ...consumedCapacity(request), ...selection(request) },
  };
}

const readable = (schema: KeySchema, indexName: string | undefined) =>
  indexName === undefined ? schema.tableArn : `${schema.tableArn}/index/${indexName}`;

function partitionKeyOf(schema: KeySchema, indexName: string | undefined): string {
  const partitionKey = indexName === undefined ? schema.partitionKey : schema.indexes[indexName];
  if (partitionKey !== undefined) return partitionKey;
  throw new AwsError('ValidationException', `The table does not have the specified index: ${indexName}`);
}

function queriedPartition(request: PlainRequest, partitionKey: string): unknown {
  const { KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = request;
  if (KeyConditionExpression === undefined)
    throw new AwsError(
      'ValidationException',
      'The local run judges a Query by its KeyConditionExpression; the older KeyConditions is not supported.',
    );
  return partitionValue(KeyConditionExpression, partitionKey, {
    names: ExpressionAttributeNames,
    values: ExpressionAttributeValues,
  });
}

/** What BatchGetItem requires: one action per table, with the keys of all items. */
function batchGetAccess(input: unknown, schemas: KeySchemas): Access[] {
  const request = parseRequest(batchGetRequest, input);
  return Object.entries(request.RequestItems).map(([table, reads]) => {
    const { tableArn, partitionKey } = schemas(table);
    return {
      action: 'dynamodb:BatchGetItem',
      resource: tableArn,
      context: {
        ...leadingKeys(reads.Keys, partitionKey),
        ...consumedCapacity(request),
        ...selection(reads),
      },
    };
  });
}

/** What BatchWriteItem requires: one action per table, with the keys of all items. */
function batchWriteAccess(input: unknown, schemas: KeySchemas): Access[] {
  const request = parseRequest(batchWriteRequest, input);
  return Object.entries(request.RequestItems).map(([table, items]) => {
    const { tableArn, partitionKey } = schemas(table);
    return {
      action: 'dynamodb:BatchWriteItem',
      resource: tableArn,
      context: { ...leadingKeys(items, partitionKey), ...consumedCapacity(request) },
    };
  });
}

/**
 * Transactions have no IAM action of their own: each entry is authorized as its single operation.
 * Source: DynamoDB Developer Guide, "Using IAM with DynamoDB transactions".
 */
function transactionAccess(operation: string, input: unknown, schemas: KeySchemas): Access[] {
  const request = parseRequest(transactRequest, input);
  return request.TransactItems.map((entry) => {
    const { tableArn, partitionKey } = schemas(entry.TableName);
    const named = entry.action === 'PutItem' ? entry.Item : entry.Key;
    return {
      action: `dynamodb:${entry.action}`,
      resource: tableArn,
      context: {
        ...leadingKeys([named], partitionKey),
        ...(entry.action === 'GetItem' ? selection(entry) : writtenAttributes(entry)),
        ...consumedCapacity(request),
        'dynamodb:EnclosingOperation': operation,
      },
    };
  });
}

const statement = z.looseObject({ Statement: z.string() });
const request = z.union([
  statement.transform((one) => [one]),
  z.looseObject({ Statements: z.array(statement) }).transform(({ Statements }) => Statements),
  z
    .looseObject({ TransactStatements: z.array(statement) })
    .transform(({ TransactStatements }) => TransactStatements),
]);

const target = String.raw`"?([\w.-]+)"?(?:\."([\w.-]+)")?`;
const kinds: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`^\s*select\b.*?\bfrom\s+${target}`, 'is'), 'dynamodb:PartiQLSelect'],
  [new RegExp(String.raw`^\s*insert\s+into\s+${target}`, 'is'), 'dynamodb:PartiQLInsert'],
  [new RegExp(String.raw`^\s*update\s+${target}`, 'is'), 'dynamodb:PartiQLUpdate'],
  [new RegExp(String.raw`^\s*delete\s+from\s+${target}`, 'is'), 'dynamodb:PartiQLDelete'],
];

/**
 * What PartiQL statements require. Their leading keys aren't known, so the gate refuses even those that a
 * policy allows.
 */
function partiqlAccess(input: unknown, schemas: KeySchemas): Access[] {
  return parseRequest(request, input).map(({ Statement }) => {
    for (const [pattern, action] of kinds) {
      const [, table, index] = pattern.exec(Statement) ?? [];
      if (table === undefined) continue;
      const { tableArn } = schemas(table);
      return { action, resource: index === undefined ? tableArn : `${tableArn}/index/${index}` };
    }
    throw new AwsError('ValidationException', "Statement wasn't well formed, can't be processed");
  });
}

export interface GateOptions {
  readonly engine: EngineClient;
  readonly authorize: Authorize;
  readonly keySchemas: KeySchemas;
  /** Called after each write, so that stream readers needn't poll all the time. */
  readonly onWrite: () => void;
}

const prefix = 'DynamoDB_20120810';

/**
 * DynamoDB behind IAM: each request is authorized by its caller's policies, then passed on to the engine
 * unchanged.
 */
export const dynamodbGate = ({ engine, authorize, keySchemas, onWrite }: GateOptions): AwsService => ({
  protocol: 'json-1.0',
  async handle(request, caller) {
    const operation = targetOperation(request, prefix);
    for (const access of requiredAccess(operation, jsonBody(request), keySchemas))
      await authorize(caller, access);
    if (!isFullyAuthorized(operation)) throw notImplemented('dynamodb', operation);
    const answer = await engine.send(`${prefix}.${operation}`, request.body);
    if (changesItems(operation)) answer.once('end', onWrite);
    return forwarded(answer);
  },
});

const kept = ['content-type', 'content-length', 'x-amz-crc32', 'x-amzn-requestid'];

const forwarded = (answer: IncomingMessage): AwsAnswer => ({
  status: answer.statusCode ?? 502,
  headers: Object.fromEntries(
    kept.flatMap((name) => {
      const value = answer.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  ),
  body: answer,
});
