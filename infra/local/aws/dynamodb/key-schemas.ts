import { AwsError } from '../http/answer.ts';
import type { TableResource, TableShape } from '../resources.ts';

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

/** The key schemas of the deployment's tables. */
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
