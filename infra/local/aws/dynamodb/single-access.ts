import type * as z from 'zod';
import { AwsError } from '../http/aws-error.ts';
import type { Access } from '../iam/authorizer.ts';
import { partitionValue } from './key-condition.ts';
import type { KeySchema, KeySchemas } from './key-schema.ts';
import { consumedCapacity, leadingKeys, selection, writtenAttributes } from './request-context.ts';
import { item, parseRequest, plainRequest } from './requests.ts';

type PlainRequest = z.infer<typeof plainRequest>;

/** What GetItem, PutItem, UpdateItem or DeleteItem needs. */
export function itemAccess(operation: string, input: unknown, schemas: KeySchemas): Access {
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

/** What Query needs: on an index, its leading key is the index's own partition key. */
export function queryAccess(input: unknown, schemas: KeySchemas): Access {
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

/** What Scan needs. It has no leading key. */
export function scanAccess(input: unknown, schemas: KeySchemas): Access {
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
