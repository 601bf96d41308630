import type { Actor } from '../actor.ts';
import { type ChangeStamp, created } from './change-stamp.ts';
import { DeletionRecordItem } from './deletion-record.noun.ts';
import { entityOf } from './entity.ts';
import type { ItemKind } from './item.ts';
import { deletionKeptDays } from './layout.ts';
import type { Item } from './query.ts';
import type { OrganizationScope } from './scope.ts';
import { putOperation, type Write } from './transaction.ts';

/**
 * Identifies a deletion by the item's key, creation time and revision: an item recreated under the same
 * key, such as a user, has another creation time.
 */
export interface Deletion {
  readonly entity: string;
  readonly sortKey: string;
  /** When the item was created (ISO 8601 UTC). */
  readonly createdAt: string;
  readonly revision: number;
}

const keptSeconds = deletionKeptDays * 86_400;
const keyOf = ({ entity, sortKey, createdAt, revision }: Deletion) => ({
  of: entity,
  key: `${sortKey}#${createdAt}#${revision}`,
});

/**
 * The write that is part of a deletion's transaction, because the stream doesn't contain who deleted an
 * item.
 */
export const deletionRecordWrite = (
  scope: OrganizationScope,
  actor: Actor,
  action: string,
  { item, ...deletion }: Omit<Deletion, 'createdAt'> & { readonly item: Pick<Deletion, 'createdAt'> },
  now: Date,
): Write =>
  putOperation(
    scope,
    entityOf(DeletionRecordItem).create({
      organizationId: scope.organizationId,
      ...keyOf({ ...deletion, createdAt: item.createdAt }),
      item,
      expiresAt: Math.floor(now.getTime() / 1000) + keptSeconds,
      ...created(actor, action, now),
    }),
  );

/** Who deleted an item, when, and by which action; null without a deletion record. */
export async function stampOfDeletion(
  { organizationId, client, table }: OrganizationScope,
  deletion: Deletion,
): Promise<{ readonly changed: ChangeStamp; readonly at: string } | null> {
  const { data } = await entityOf(DeletionRecordItem)
    .get({ organizationId, ...keyOf(deletion) })
    .go({
      client,
      table,
      consistent: true,
    });
  return data === null ? null : { changed: data.changed, at: data.createdAt };
}

/** The kind of item that a deletion record is about; undefined for any other item. */
export const deletedKindOf = ({ name }: ItemKind, { of }: Item): string | undefined =>
  name === DeletionRecordItem.name ? String(of) : undefined;

/** The content of a deletion record: the item, who deleted it, and in which request. */
export interface DeletedItem {
  readonly item: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

/** A deleted item; null if it is no longer kept. */
export async function deletedItem(
  { organizationId, client, table }: OrganizationScope,
  deletion: Deletion,
): Promise<DeletedItem | null> {
  const { data } = await entityOf(DeletionRecordItem)
    .get({ organizationId, ...keyOf(deletion) })
    .go({ client, table, consistent: true });
  return data === null ? null : { item: { ...data.item }, requestId: data.changed.requestId };
}

/** Items of a kind below a sort key that were deleted in the last 30 days. */
export async function deletedBelow(
  { organizationId, client, table }: OrganizationScope,
  entity: string,
  sortKey: string,
): Promise<DeletedItem[]> {
  const { data } = await entityOf(DeletionRecordItem)
    .query.primary({ organizationId, of: entity })
    .begins({ key: sortKey })
    .go({ client, table, consistent: true, pages: 'all' });
  return data.map(({ item, changed }) => ({ item: { ...item }, requestId: changed.requestId }));
}

/** The sort keys of the items of a kind that were deleted in the last 30 days. */
export async function deletedKeys(
  { organizationId, client, table }: OrganizationScope,
  entity: string,
): Promise<string[]> {
  const { data } = await entityOf(DeletionRecordItem)
    .query.primary({ organizationId, of: entity })
    .go({ client, table, pages: 'all' });
  return data.flatMap(({ key }) => key.split('#')[0] ?? []);
}
