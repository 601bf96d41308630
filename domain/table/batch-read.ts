import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { backoff } from './backoff.ts';
import type { KeyOf } from './entity.ts';
import { filled, type ItemKind } from './item.ts';
import { tableLayout } from './layout.ts';
import type { Item } from './query.ts';
import type { OrganizationScope } from './scope.ts';

interface Reading {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** A read of one item, as ElectroDB describes it. */
interface Read {
  params(options: { table: string }): { readonly Key: Item };
}

const { partitionKey, sortKey } = tableLayout;
const attempts = 5;

/**
 * The read of one item, with its key built from templates: for the reads of every request, since building
 * it through an entity takes thirty times as long.
 */
export function readOf<const Kind extends ItemKind>(
  { organizationId }: Pick<OrganizationScope, 'organizationId'>,
  kind: Kind,
  key: KeyOf<Kind>,
): Read {
  const values = { ...key, organizationId };
  const Key = { [partitionKey]: filled(kind.key[0], values), [sortKey]: filled(kind.key[1], values) };
  return { params: () => ({ Key }) };
}

/** Reads one item as it is now, and as it is stored. */
export async function itemOf({ client, table }: Reading, read: Read): Promise<Item | undefined> {
  const { Key } = read.params({ table });
  return (await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
}

/**
 * Reads keys until none is left. `ask` returns those that DynamoDB left unprocessed (`UnprocessedKeys`,
 * when throttling); they are requested again after a wait, as AWS advises. Throws if some remain, so that
 * they aren't mistaken for missing items.
 */
export async function untilRead<Key>(
  keys: readonly Key[],
  ask: (left: Key[]) => Promise<readonly Key[]>,
): Promise<void> {
  let left = [...keys];
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (attempt > attempts) throw new Error(`DynamoDB left ${left.length} of ${keys.length} items unread`);
    if (attempt > 1) await backoff(attempt - 1);
    left = [...(await ask(left))];
  }
}

/**
 * Reads up to 100 different items in one strongly consistent request. Returns them in the requested order,
 * undefined for each missing one.
 */
export async function itemsOf(
  { client, table }: Reading,
  reads: readonly Read[],
): Promise<(Item | undefined)[]> {
  const keys = reads.map((read) => read.params({ table }).Key);
  const found: Item[] = [];
  await untilRead(keys, async (left) => {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
    );
    found.push(...(Responses?.[table] ?? []));
    return UnprocessedKeys?.[table]?.Keys ?? [];
  });
  return keys.map((key) =>
    found.find((item) => item[partitionKey] === key[partitionKey] && item[sortKey] === key[sortKey]),
  );
}
