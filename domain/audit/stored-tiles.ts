import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { TreeTileItem } from './audit.noun.ts';
import { sha256 } from './sha256.ts';
import { storedLeaves } from './stored-leaves.ts';
import { hashesIn } from './tree/frontier.ts';
import { type Hash, joined } from './tree/hash.ts';
import { leafHash } from './tree/leaf.ts';
import type { SubtreeSource } from './tree/proofs.ts';
import { subtreesOf, type TilePlace, tileWidth } from './tree/tiles.ts';

const keyOf = ({ level, index }: TilePlace) => ({
  level: String(level),
  index: String(index).padStart(8, '0'),
});

async function hashesOf(scope: OrganizationScope, place: TilePlace): Promise<readonly Hash[]> {
  if (place.level > 0)
    return hashesIn((await find(scope, TreeTileItem, keyOf(place)))?.hashes ?? new Uint8Array());
  const from = place.index * tileWidth;
  const leaves = await storedLeaves(scope, { from, to: from + tileWidth });
  return leaves.map((leaf) => leafHash(leaf, sha256));
}

/** The subtrees of an audit log's tree up to the sealed size, from which proofs are built. */
export const storedSubtrees = (scope: OrganizationScope): SubtreeSource =>
  subtreesOf((place) => hashesOf(scope, place), sha256);

/** The hash of a complete tile, and the tile above that contains it. */
export interface Completed {
  /** The level of that tile. */
  readonly level: number;
  /** Its index on that level. */
  readonly number: number;
  readonly hash: Hash;
}

/** Adds the hashes of complete tiles, consecutive on each level, to the tiles above. */
export async function storeCompleted(
  scope: OrganizationScope,
  completed: readonly Completed[],
): Promise<void> {
  const tiles = Map.groupBy(completed, ({ level, number }) => `${level}/${Math.floor(number / tileWidth)}`);
  for (const added of tiles.values()) {
    const [{ level, number } = { level: 0, number: 0 }] = added;
    const place = { level, index: Math.floor(number / tileWidth) };
    const offset = number % tileWidth;
    const before = offset === 0 ? [] : (await hashesOf(scope, place)).slice(0, offset);
    if (before.length < offset) throw new Error(`tile ${level}/${place.index} lacks hashes`);
    const count = offset + added.length;
    const hashes = joined([...before, ...added.map(({ hash }) => hash)]);
    // A longer stored tile contains these hashes already: another run was faster.
    await write(
      scope,
      replace(
        scope,
        TreeTileItem,
        { ...keyOf(place), count, hashes },
        { where: (tile, { lte, notExists }) => `${notExists(tile.count)} OR ${lte(tile.count, count)}` },
      ),
    );
  }
}
