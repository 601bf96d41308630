import type { Access } from '../iam/authorizer.ts';
import type { KeySchemas } from './key-schema.ts';
import { consumedCapacity, leadingKeys, selection, writtenAttributes } from './request-context.ts';
import { parseRequest, transactRequest } from './requests.ts';

/**
 * What TransactGetItems or TransactWriteItems needs: there is no action of its own, each entry is judged as the single
 * action it is. Source: DynamoDB Developer Guide, "Using IAM with DynamoDB transactions".
 */
export function transactionAccess(operation: string, input: unknown, schemas: KeySchemas): Access[] {
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
