import type { Item } from './query.ts';
import type { OrganizationScope } from './scope.ts';
import { keyOfItem, pagesOf } from './stored-items.ts';

/** A position in a walk over partitions: at the start of one, or after an item. */
export interface WalkPlace {
  readonly partition: string;
  readonly after?: { readonly pk: string; readonly sk: string } | undefined;
}

/**
 * Reads partitions page by page, in order, from a position. Each page comes with the position after it; null
 * after the last page, and there is at least one. Starts over if the position's partition isn't in the list
 * any more.
 */
export async function* walk(
  scope: Pick<OrganizationScope, 'client' | 'table'>,
  partitions: readonly string[],
  from: WalkPlace | undefined,
): AsyncGenerator<{ readonly items: readonly Item[]; readonly next: WalkPlace | null }> {
  if (partitions.length === 0) yield { items: [], next: null };
  const begin = Math.max(from === undefined ? 0 : partitions.indexOf(from.partition), 0);
  for (const [index, partition] of partitions.entries()) {
    if (index < begin) continue;
    const after = partition === from?.partition ? from.after : undefined;
    const following = partitions[index + 1];
    for await (const { items, lastKey } of pagesOf(scope, partition, after)) {
      if (lastKey !== undefined) yield { items, next: { partition, after: keyOfItem(lastKey) } };
      else yield { items, next: following === undefined ? null : { partition: following } };
    }
  }
}
