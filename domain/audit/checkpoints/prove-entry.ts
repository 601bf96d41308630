import { find } from '../../table/reads.ts';
import type { OrganizationScope } from '../../table/scope.ts';
import { AuditItem } from '../audit.noun.ts';
import { auditRefusals } from '../audit.refusals.ts';
import { NewestCheckpointItem, RoundsHeadItem } from '../audit-checkpoint.noun.ts';
import { sha256 } from '../sha256.ts';
import { entryIn } from '../stored-entries.ts';
import { type PlacedLeaf, storedLeaves } from '../stored-leaves.ts';
import { storedSubtrees } from '../stored-tiles.ts';
import { toBase64 } from '../tree/hash.ts';
import { leafData } from '../tree/leaf.ts';
import { consistencyProof, inclusionProof } from '../tree/proofs.ts';
import type { LatestCheckpoint, Receipt } from './checkpoint.schema.ts';

/** How many leaves are searched for an entry that doesn't contain its position, in total and at once. */
const mostSearched = 200_000;
const atOnce = 10_000;

/**
 * An entry's receipt: the proof that the newest checkpoint covers it. Refused with `entry_not_sealed` if
 * none does yet.
 */
export async function proveEntry(
  scope: OrganizationScope,
  { entryId, timestamp }: { readonly entryId: string; readonly timestamp: string },
): Promise<Receipt> {
  const [item, newest] = await Promise.all([
    find(scope, AuditItem, { month: timestamp.slice(0, 7), timestamp, entryId }),
    find(scope, NewestCheckpointItem, {}),
  ]);
  if (item === null || newest === null) throw auditRefusals.entry_not_sealed();
  if (item.erasure !== undefined) throw auditRefusals.entry_erased();
  const { size, note, key } = newest;
  const leaf =
    item.sequence === undefined
      ? await leafOf(scope, entryId, size)
      : (await storedLeaves(scope, { from: item.sequence, to: Math.min(item.sequence + 1, size) }))[0];
  if (leaf === undefined) throw auditRefusals.entry_not_sealed();
  const proof = await inclusionProof(storedSubtrees(scope), { leaf: leaf.sequence, size }, sha256);
  return {
    'audit-receipt': 1,
    checkpoint: note,
    entry: entryIn(item),
    key,
    leaf: JSON.parse(leafData(leaf)),
    proof: proof.map(toBase64),
  };
}

/** Finds the leaf of an entry that predates the tree or was imported, which doesn't contain its position. */
async function leafOf(
  scope: OrganizationScope,
  entryId: string,
  size: number,
): Promise<PlacedLeaf | undefined> {
  for (let from = 0; from < Math.min(size, mostSearched); from += atOnce) {
    const leaves = await storedLeaves(scope, { from, to: Math.min(from + atOnce, size) });
    const found = leaves.find((leaf) => 'id' in leaf && leaf.id === entryId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An audit log's newest checkpoint, with a consistency proof from an earlier size. */
export async function latestCheckpoint(
  scope: OrganizationScope,
  from: number | undefined,
): Promise<LatestCheckpoint> {
  const newest = await find(scope, NewestCheckpointItem, {});
  if (newest === null) return { checkpoint: null, consistency: null };
  const { size, root, number, time, note, key, anchored } = newest;
  const checkpoint = { size, root, number, time, note, key, isAnchored: anchored >= size };
  if (from === undefined || from > size) return { checkpoint, consistency: null };
  const proof = await consistencyProof(storedSubtrees(scope), { from, to: size }, sha256);
  return { checkpoint, consistency: { from, proof: proof.map(toBase64) } };
}

/** The signing key, and the newest checkpoint of the platform's rounds. */
export async function publishedKey(
  platform: OrganizationScope,
): Promise<{ key: string | null; rounds: string | null }> {
  const head = await find(platform, RoundsHeadItem, {});
  return { key: head?.key ?? null, rounds: head?.note ?? null };
}
