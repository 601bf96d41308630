import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableLayout } from './layout.ts';
import { type Item, queryItems } from './query.ts';
import type { ControlPlane, OrganizationScope } from './scope.ts';
import { happened } from './transaction.ts';

/** Operations on stored items of any kind, for departures of whole organizations. */

const { partitionKey, sortKey } = tableLayout;

const partitionQuery = (partition: string) => ({
  KeyConditionExpression: '#pk = :pk',
  ExpressionAttributeNames: { '#pk': partitionKey },
  ExpressionAttributeValues: { ':pk': partition },
  ConsistentRead: true,
});

/** An item's key as strings. */
export const keyOfItem = (item: Item) => ({ pk: String(item[partitionKey]), sk: String(item[sortKey]) });

/** All stored items of a partition, page by page. */
export async function* pagesOf(
  scope: Pick<OrganizationScope, 'client' | 'table'>,
  partition: string,
  after?: Item,
): AsyncGenerator<{ readonly items: readonly Item[]; readonly lastKey: Item | undefined }> {
  let lastKey = after;
  do {
    const page = await queryItems(scope, { ...partitionQuery(partition), Limit: 500 }, lastKey);
    yield page;
    lastKey = page.lastKey;
  } while (lastKey !== undefined);
}

/** The number of items in a partition, counted by DynamoDB. */
export async function countIn({ client, table }: OrganizationScope, partition: string): Promise<number> {
  let count = 0;
  let start: Item | undefined;
  do {
    const { Count = 0, LastEvaluatedKey } = await client.send(
      new QueryCommand({
        ...{ ...partitionQuery(partition), Select: 'COUNT', TableName: table },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    count += Count;
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return count;
}

/** Deletes items without a deletion record. */
export async function deleteItems({ client, table }: ControlPlane, items: readonly Item[]): Promise<void> {
  await Promise.all(
    items.map((item) => client.send(new DeleteCommand({ TableName: table, Key: keyOfItem(item) }))),
  );
}

/** Creates an item as given, unless it exists. Returns whether it was created. */
export const putItemOnce = ({ client, table }: ControlPlane, item: Item): Promise<boolean> =>
  happened(
    client.send(
      new PutCommand({
        ...{ TableName: table, Item: item },
        ConditionExpression: 'attribute_not_exists(#pk)',
        ExpressionAttributeNames: { '#pk': partitionKey },
      }),
    ),
  );

/** Sets or removes attributes of an item, if they are as they were read. */
export const updateAsRead = (
  { client, table }: ControlPlane,
  item: Item,
  left: Item,
  names: readonly string[],
): Promise<boolean> => {
  const all = names.map((name, at) => ({ name: `#n${at}`, was: item[name], will: left[name], at }));
  const set = all.filter(({ will }) => will !== undefined).map(({ name, at }) => `${name} = :left${at}`);
  const removed = all.filter(({ will }) => will === undefined).map(({ name }) => name);
  const values = all.flatMap(({ was, will, at }): [string, unknown][] => [
    [`:left${at}`, will],
    [`:was${at}`, was],
  ]);
  return happened(
    client.send(
      new UpdateCommand({
        ...{ TableName: table, Key: keyOfItem(item) },
        UpdateExpression: [
          ...(set.length === 0 ? [] : [`SET ${set.join(', ')}`]),
          ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(', ')}`]),
        ].join(' '),
        ConditionExpression: all
          .map(({ name, was, at }) =>
            was === undefined ? `attribute_not_exists(${name})` : `${name} = :was${at}`,
          )
          .join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
        ExpressionAttributeValues: Object.fromEntries(values.filter(([, value]) => value !== undefined)),
      }),
    ),
  );
};
