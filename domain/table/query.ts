import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createConversions } from 'electrodb';

/** An item's attributes, as stored. */
export type Item = Readonly<Record<string, unknown>>;

/** One response of a query: its items, and whether there may be more. */
export interface Items {
  readonly items: readonly Item[];
  /** The key of the last item examined; undefined at the end of the query. */
  readonly lastKey: Item | undefined;
}

interface Reading {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/**
 * Runs a query with ElectroDB's parameters (`params()`) and returns the raw items: for long lists of which
 * only a part is shown, and to continue after any item of an index.
 */
export async function queryItems(
  { client, table }: Reading,
  parameters: object,
  startKey: Item | undefined,
): Promise<Items> {
  const start = startKey === undefined ? {} : { ExclusiveStartKey: startKey };
  const { Items: items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({ ...parameters, ...start, TableName: table }),
  );
  return { items, lastKey: LastEvaluatedKey };
}

/**
 * The positions of an entity's items in its indexes, as cursors that a query continues after. A page starts
 * at a cursor rather than a bound (`lt`, `gt`), which would replace the sort key's prefix and let the query
 * run on into other items of the partition.
 */
export const placesOf = createConversions;
