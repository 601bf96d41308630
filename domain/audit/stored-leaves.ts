import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { create } from '../table/writes.ts';
import { type StoredLeaf, TreeLeavesItem } from './audit.noun.ts';
import { fromBase64, toBase64 } from './tree/hash.ts';
import type { EntryLeaf, ErasureLeaf, WithdrawalLeaf } from './tree/leaf.ts';
import { tileWidth } from './tree/tiles.ts';

/** A leaf with the time of its entry; together with the id, that locates the entry. */
export type PlacedLeaf = (EntryLeaf & { readonly timestamp: string }) | WithdrawalLeaf | ErasureLeaf;

/** A leaf's position in the leaf tiles, as used in their keys. */
const placeOf = (sequence: number) => ({
  index: String(Math.floor(sequence / tileWidth)).padStart(8, '0'),
  offset: String(sequence % tileWidth).padStart(3, '0'),
});

function stored(leaf: PlacedLeaf): StoredLeaf {
  if (leaf.kind === 'withdrawn') return { kind: leaf.kind, from: leaf.from, to: leaf.to };
  const entry = fromBase64(leaf.entry) ?? new Uint8Array();
  if (leaf.kind === 'erased') return { kind: leaf.kind, of: leaf.of, entry, person: leaf.person };
  const { kind, id, timestamp, expiresAt } = leaf;
  return {
    id,
    timestamp,
    entry,
    expiresAt,
    kind: kind === 'written' ? undefined : kind,
  };
}

function read(leaf: StoredLeaf, sequence: number): PlacedLeaf {
  if (leaf.kind === 'withdrawn') return { ...leaf, sequence };
  if (leaf.kind === 'erased') return { ...leaf, sequence, entry: toBase64(leaf.entry) };
  const { id, timestamp, expiresAt, kind = 'written' } = leaf;
  return { kind, id, timestamp, sequence, entry: toBase64(leaf.entry), expiresAt };
}

/** Consecutive leaves, grouped by tile. */
const byTile = (leaves: readonly PlacedLeaf[]): PlacedLeaf[][] => [
  ...Map.groupBy(leaves, ({ sequence }) => Math.floor(sequence / tileWidth)).values(),
];

/** The writes that store consecutive leaves: one per tile. */
export const leavesWrites = (scope: OrganizationScope, leaves: readonly PlacedLeaf[]): Write[] =>
  byTile(leaves).map((part) =>
    create(scope, TreeLeavesItem, {
      ...placeOf(part[0]?.sequence ?? 0),
      leaves: part.map(stored),
    }),
  );

/** The stored leaves of a range, in order, `to` exclusive. Leaves not stored yet are missing. */
export async function storedLeaves(
  { organizationId, client, table }: OrganizationScope,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<PlacedLeaf[]> {
  if (from >= to) return [];
  const { data } = await entityOf(TreeLeavesItem)
    .query.primary({ organizationId })
    // The part that contains the first leaf may start as early as its tile.
    .between(placeOf(from - (from % tileWidth)), placeOf(to - 1))
    .go({ client, table, consistent: true, pages: 'all' });
  return data
    .flatMap(({ index, offset, leaves }) =>
      leaves.map((leaf, at) => read(leaf, Number(index) * tileWidth + Number(offset) + at)),
    )
    .filter(({ sequence }) => sequence >= from && sequence < to);
}
