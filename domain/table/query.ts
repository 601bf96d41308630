import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createConversions } from 'electrodb';

/** An item's attributes as they are stored. */
export type Item = Readonly<Record<string, unknown>>;

/** One answer of a query: its items, and whether there may be more after the last one examined. */
export interface Items {
  readonly items: readonly Item[];
  /** Key of the last item examined, when the query didn't come to its end. */
  readonly lastKey: Item | undefined;
}

interface Reading {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/**
 * Runs a query as ElectroDB describes it (`params()`) and gives the items as they are stored: for long lists,
 * of which a part is shown, and for going on after any item of an index.
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
 * The places of an entity's items in its indexes, as the cursors that a query goes on after. A page begins by
 * its cursor and not by a bound (`lt`, `gt`): that would stand in for the prefix of the sort key, and the
 * query would run on into other items of the partition.
 */
export const placesOf = createConversions;
