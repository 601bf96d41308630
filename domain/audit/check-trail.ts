import { kindOf } from '../nouns.ts';
import type { ItemKey } from '../table/kinds.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { auditNoun, TreeHeadItem } from './audit.noun.ts';
import { NewestCheckpointItem } from './audit-checkpoint.noun.ts';
import { sha256 } from './sha256.ts';
import { append, rootOf, unpacked } from './tree/frontier.ts';
import { sameHash } from './tree/hash.ts';
import { leafHash } from './tree/leaf.ts';
import { findTree } from './tree-head.ts';
import { leavesIn } from './unsealed-leaves.ts';

const evidence: ReadonlySet<unknown> = new Set(auditNoun.items);

/** Whether an item belongs to an audit log: its entries, tree, checkpoints and rounds. */
export const isEvidence = (key: ItemKey): boolean => evidence.has(kindOf(key));

/** The size of the tree, if the item is its head; undefined otherwise. */
export const sizeInHead = (item: ItemKey & { readonly headSize?: unknown }): number | undefined =>
  kindOf(item) === TreeHeadItem ? Number(item.headSize) : undefined;

/** The state of an audit log, as far as it can be checked without signatures. */
export interface CheckedTrail {
  /** The number of leaves. */
  readonly size: number;
  /** The newest signed checkpoint. Proof files prove its leaves. */
  readonly newest: { readonly size: number; readonly key: string } | null;
  /** Problems as sentences; none if the entries since the last seal agree with the head. */
  readonly wrong: readonly string[];
}

const mostNamed = 20;

/**
 * Checks an audit log's head against the entries since its last seal. Unlike sealing it changes nothing: it
 * is meant for a table that isn't in use.
 */
export async function checkTrail(scope: OrganizationScope): Promise<CheckedTrail> {
  const { head, seal } = await findTree(scope);
  const { size } = head.frontier;
  const known = await find(scope, NewestCheckpointItem, {});
  const newest = known === null ? null : { size: known.size, key: known.key };
  if (seal === null) return { size, newest, wrong: [] };
  const from = unpacked(seal.stored, seal.frontier);
  const { leaves, missing } = await leavesIn(scope, head, { from: from.size, to: size });
  if (missing.length > 0)
    return { size, newest, wrong: [`entries are missing: ${missing.slice(0, mostNamed).join(', ')}`] };
  const hashes = leaves.map((leaf) => leafHash(leaf, sha256));
  const isWhole = sameHash(rootOf(append(from, hashes, sha256), sha256), rootOf(head.frontier, sha256));
  return { size, newest, wrong: isWhole ? [] : ['its tree gives another root than its head says'] };
}
