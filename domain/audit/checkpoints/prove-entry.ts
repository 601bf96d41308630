import { find } from '../../table/reads.ts';
import type { OrganizationScope } from '../../table/scope.ts';
import { AuditItem } from '../audit.noun.ts';
import { auditRefusals } from '../audit.refusals.ts';
import { NewestCheckpointItem } from '../audit-checkpoint.noun.ts';
import { sha256 } from '../sha256.ts';
import { entryIn } from '../stored-entries.ts';
import { type PlacedLeaf, storedLeaves } from '../stored-leaves.ts';
import { storedSubtrees } from '../stored-tiles.ts';
import { toBase64 } from '../tree/hash.ts';
import { leafData } from '../tree/leaf.ts';
import { inclusionProof } from '../tree/proofs.ts';
import type { Receipt } from './checkpoint.schema.ts';

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
