import { untilRead } from './batch-read.ts';
import { entityOf, type KeyOf, type Stored } from './entity.ts';
import { type ItemKind, typed } from './item.ts';
import type { OrganizationScope } from './scope.ts';

/** ElectroDB's options for a strongly consistent read, which an index doesn't support. */
export const consistently = ({ client, table }: Pick<OrganizationScope, 'client' | 'table'>) =>
  ({ client, table, consistent: true }) as const;

interface Reader {
  readonly query: { primary(key: object): { go(options: object): Promise<{ data: unknown }> } };
  get(keys: object[]): { go(options: object): Promise<{ data: unknown[]; unprocessed: object[] }> };
  get(key: object): { go(options: object): Promise<{ data: unknown }> };
}

/** Reads an item (strongly consistent); null if it doesn't exist. */
export async function find<const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  key: KeyOf<Kind>,
): Promise<Stored<Kind> | null> {
  const { organizationId } = scope;
  const { data } = await typed<Reader>(entityOf(kind))
    .get({ ...key, organizationId })
    .go(consistently(scope));
  return typed<Stored<Kind> | null>(data);
}

/** Reads the items with these keys that exist (strongly consistent), in any order. */
export async function findMany<const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  keys: readonly KeyOf<Kind>[],
): Promise<Stored<Kind>[]> {
  const { organizationId } = scope;
  const found: Stored<Kind>[] = [];
  const whole: object[] = keys.map((key) => ({ ...key, organizationId }));
  await untilRead(whole, async (left) => {
    const { data, unprocessed } = await typed<Reader>(entityOf(kind))
      .get(left)
      .go({
        ...consistently(scope),
        // A page of 100 reads one more, to know whether there is a next page, and DynamoDB returns at most
        // 100 per batch.
        concurrency: 2,
      });
    found.push(...typed<Stored<Kind>[]>(data));
    return unprocessed;
  });
  return found;
}

/**
 * Reads all items of a kind in one partition, in the order of their sort keys; strongly consistent by
 * default.
 * @param partition the attributes of its partition key besides the organization
 */
export async function findAll<const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  partition: Partial<KeyOf<Kind>> = {},
  options: { readonly order?: 'desc'; readonly consistent?: false } = {},
): Promise<Stored<Kind>[]> {
  const { data } = await typed<Reader>(entityOf(kind))
    .query.primary({ ...partition, organizationId: scope.organizationId })
    .go({ ...consistently(scope), pages: 'all', ...options });
  return typed<Stored<Kind>[]>(data);
}
