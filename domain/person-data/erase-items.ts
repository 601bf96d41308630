import { toJson } from '../departure/export-format.schema.ts';
import { same } from '../difference.ts';
import { itemKinds, kindOf } from '../nouns.ts';
import { deletedKindOf } from '../table/deletion-record.ts';
import type { Item } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { deleteItems, keyOfItem, putItemOnce, updateAsRead } from '../table/stored-items.ts';
import { ErasingItem } from './person-data.noun.ts';

/** All stored items, except the audit log and the record of who is erased. */
export const erasableKinds = itemKinds.filter((kind) => kind.exported !== 'as trail' && kind !== ErasingItem);

/**
 * Erases a person from items. Each write is conditional on the item being unchanged since it was read; the
 * next pass handles the rest. Returns how many items were changed.
 */
export async function eraseFromItems(
  scope: OrganizationScope,
  items: readonly Item[],
  erase: (value: unknown) => unknown,
): Promise<number> {
  let changed = 0;
  for (const item of items) if (await eraseFrom(scope, item, erase)) changed += 1;
  return changed;
}

async function eraseFrom(
  scope: OrganizationScope,
  item: Item,
  erase: (value: unknown) => unknown,
): Promise<boolean> {
  const [key, kind] = [keyOfItem(item), kindOf(keyOfItem(item))];
  if (kind === undefined || !erasableKinds.includes(kind)) return false;
  const left = { ...Object(erase(item)) };
  // Names of attributes may contain the person's id as well.
  const all = new Set([...Object.keys(item), ...Object.keys(left)]);
  const names = [...all].filter((name) => !same(toJson(item[name]), toJson(left[name])));
  if (names.length === 0) return false;
  if (same(key, keyOfItem(left))) return await updateAsRead(scope, item, left, names);
  if (kind.trail !== undefined) throw new Error(`a ${kind.name} is named by somebody who is to be erased`);
  // A deletion keeps this data for undo only.
  if (deletedKindOf(kind, item) === undefined) await putItemOnce(scope, left);
  await deleteItems(scope, [item]);
  return true;
}
