import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { updateOperation, write } from '../table/transaction.ts';
import { TreeSealItem } from './audit.noun.ts';
import { sealInEarlier } from './seal-in-earlier.ts';
import { sha256 } from './sha256.ts';
import { leavesWrites, type PlacedLeaf } from './stored-leaves.ts';
import { type Completed, storeCompleted } from './stored-tiles.ts';
import { append, type Frontier, packed, rootOf, unpacked } from './tree/frontier.ts';
import { type Hash, sameHash } from './tree/hash.ts';
import { leafHash } from './tree/leaf.ts';
import { tileHeight } from './tree/tiles.ts';
import { findTree, type Seal } from './tree-head.ts';
import { leavesIn } from './unsealed-leaves.ts';

/** Why an audit log can't be sealed: it was tampered with. */
type Broken =
  | { readonly problem: 'entries missing'; readonly sequences: readonly number[] }
  | { readonly problem: 'another root'; readonly size: number };

/** The sealed part of an audit log. */
export interface Sealed {
  readonly size: number;
  readonly root: Hash;
  /** Whether that is everything; otherwise the next run continues. */
  readonly isAll: boolean;
  readonly broken: Broken | null;
}

/** How many leaves one run stores at most, limited by its memory. */
const mostLeaves = 50_000;
/** How many missing entries are listed. */
const mostNamed = 20;

/**
 * Seals an audit log: stores everything appended since the last time in tiles, once it agrees with the
 * head's root. A log that doesn't agree keeps its previous seal. Concurrent runs are safe, and an
 * interrupted one is continued. With nothing new it costs two read units.
 */
export async function sealTrail(
  scope: OrganizationScope,
  now: Date,
  { most = mostLeaves }: { readonly most?: number } = {},
): Promise<Sealed> {
  let { head, seal } = await findTree(scope);
  let isSearched = seal?.earlier.isDone === true;
  if (!isSearched) {
    isSearched = await sealInEarlier(scope, seal, now);
    ({ head, seal } = await findTree(scope));
  }
  if (seal === null) throw new Error('a trail without a seal');
  const { size } = head.frontier;
  const sealed = { size: seal.size, root: seal.root, isAll: isSearched, broken: null };
  if (seal.size === size) return sealed;
  const from = unpacked(seal.stored, seal.frontier);
  const to = Math.min(size, from.size + most);
  const { leaves, stored, missing } = await leavesIn(scope, head, { from: from.size, to });
  if (missing.length > 0)
    return { ...sealed, broken: { problem: 'entries missing', sequences: missing.slice(0, mostNamed) } };
  const { next, completed } = extended(from, leaves);
  const root = rootOf(next, sha256);
  const isAtHead = next.size === size;
  if (isAtHead && !sameHash(root, rootOf(head.frontier, sha256)))
    return { ...sealed, broken: { problem: 'another root', size } };
  const isStored = await storeLeaves(
    scope,
    leaves.filter(({ sequence }) => !stored.has(sequence)),
  );
  if (!isStored) return { ...sealed, isAll: false };
  await storeCompleted(scope, completed);
  const moved = { stored: next.size, frontier: packed(next) };
  if (!isAtHead) {
    await moveSeal(scope, seal, moved);
    return { ...sealed, isAll: false };
  }
  const isMoved = await moveSeal(scope, seal, { ...moved, size, root, at: now.toISOString() });
  return isMoved ? { ...sealed, size, root } : { ...sealed, isAll: false };
}

/** The tree with additional leaves, and the tiles that this completes. */
function extended(from: Frontier, leaves: readonly PlacedLeaf[]) {
  const completed: Completed[] = [];
  const hashes = leaves.map((leaf) => leafHash(leaf, sha256));
  const next = append(from, hashes, sha256, ({ level, index }, hash) => {
    if (level > 0 && level % tileHeight === 0)
      completed.push({ level: level / tileHeight, number: index, hash });
  });
  return { next, completed };
}

/**
 * Stores new leaves in order. Returns false if another run is storing them: existing data is never
 * overwritten.
 */
async function storeLeaves(scope: OrganizationScope, leaves: readonly PlacedLeaf[]): Promise<boolean> {
  const runs: PlacedLeaf[][] = [];
  for (const leaf of leaves) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.sequence === leaf.sequence - 1) run.push(leaf);
    else runs.push([leaf]);
  }
  for (const part of runs.flatMap((run) => leavesWrites(scope, run)))
    if (!(await write(scope, part))) return false;
  return true;
}

/** Advances the seal, unless it has moved since it was read. */
const moveSeal = (scope: OrganizationScope, read: Seal, values: Partial<Seal>): Promise<boolean> =>
  write(
    scope,
    updateOperation(
      scope,
      entityOf(TreeSealItem)
        .patch({ organizationId: scope.organizationId })
        .set(values)
        .where((seal, { eq }) => `${eq(seal.size, read.size)} AND ${eq(seal.stored, read.stored)}`),
    ),
  );
