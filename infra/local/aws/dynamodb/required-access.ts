import { notImplemented } from '../http/aws-error.ts';
import type { Access } from '../iam/authorizer.ts';
import { batchGetAccess, batchWriteAccess } from './batch-access.ts';
import type { KeySchemas } from './key-schema.ts';
import { partiqlAccess } from './partiql-access.ts';
import { itemAccess, queryAccess, scanAccess } from './single-access.ts';
import { transactionAccess } from './transaction-access.ts';

/**
 * Everything a DynamoDB request needs to be allowed, with the condition keys that AWS sets for it.
 * Source: DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control"; Service Authorization
 * Reference, "Actions, resources, and condition keys for Amazon DynamoDB".
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

/** Whether the gate sees all of an operation's keys, and so may let it through to the engine. */
export const isJudgedWhole = (operation: string): boolean =>
  reads.includes(operation) || writes.includes(operation);

/** Whether an operation may add records to the table's stream. */
export const changesItems = (operation: string): boolean => writes.includes(operation);
