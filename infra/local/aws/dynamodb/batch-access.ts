import type { Access } from '../iam/authorizer.ts';
import type { KeySchemas } from './key-schema.ts';
import { consumedCapacity, leadingKeys, selection } from './request-context.ts';
import { batchGetRequest, batchWriteRequest, parseRequest } from './requests.ts';

/** What BatchGetItem needs: one action a table, with the keys of all items. */
export function batchGetAccess(input: unknown, schemas: KeySchemas): Access[] {
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

/** What BatchWriteItem needs: one action a table, with the keys of all items. */
export function batchWriteAccess(input: unknown, schemas: KeySchemas): Access[] {
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
