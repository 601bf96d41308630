import { find } from '../../table/reads.ts';
import type { OrganizationScope } from '../../table/scope.ts';
import { NewestCheckpointItem } from '../audit-checkpoint.noun.ts';
import { storedSubtrees } from '../stored-tiles.ts';
import { canonical } from '../tree/canonical.ts';
import { toBase64 } from '../tree/hash.ts';
import { subtreesIn } from '../tree/proofs.ts';
import { linesBetween, proofHeader } from './export-proof.ts';
import { checkpointsBetween } from './take-checkpoint.ts';

/** Part of an audit log as a proof file: leaves from `from`, inclusive, to `to`, exclusive. */
export interface ProvenPart {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** The signed note that covers it, and when it was signed. */
  readonly note: string;
  readonly time: string;
}

const mostLeaves = 500;

/**
 * The part that begins with a leaf: up to the first checkpoint that covers it, 500 leaves at most. Which ones
 * these are never changes. Null while there is no such checkpoint.
 */
export async function provePart(
  scope: OrganizationScope,
  { from, now }: { readonly from: number; readonly now: Date },
): Promise<ProvenPart | null> {
  const newest = await find(scope, NewestCheckpointItem, {});
  if (newest === null || newest.size <= from) return null;
  const [checkpoint] = await checkpointsBetween(scope, { from: from + 1, to: newest.size, limit: 1 });
  if (checkpoint === undefined) return null;
  const { size, note } = checkpoint;
  const to = Math.min(size, from + mostLeaves);
  const [before, leaves, after] = await Promise.all([
    leftOut(scope, { from: 0, to: from }),
    linesBetween(scope, from, to),
    leftOut(scope, { from: to, to: size }),
  ]);
  if (leaves.length !== to - from) throw new Error(`the leaves ${from}–${to - 1} aren't all there`);
  const lines = [
    // A verifier accepts a file as part of the log because it states where it ends.
    proofHeader(scope, newest, { exportedAt: now.toISOString(), to: now.toISOString() }),
    ...before,
    ...leaves.flatMap(({ own }) => own),
    ...after,
    ...(to === size ? [] : [canonical({ checkpoint: note })]),
  ];
  const text = [...lines, canonical({ end: { lines: lines.length } })].map((line) => `${line}\n`).join('');
  return { from, to, text, note, time: /^time (.+)$/m.exec(note)?.[1] ?? '' };
}

/** The leaves that a part leaves out, as the subtrees that they are. */
async function leftOut(
  scope: OrganizationScope,
  range: { readonly from: number; readonly to: number },
): Promise<string[]> {
  const hashOf = storedSubtrees(scope);
  return await Promise.all(
    subtreesIn(range).map(async ({ level, index }) =>
      canonical({
        node: { from: index * 2 ** level, hash: toBase64(await hashOf({ level, index })), level },
      }),
    ),
  );
}
