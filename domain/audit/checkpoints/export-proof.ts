import { find, findMany } from '../../table/reads.ts';
import type { OrganizationScope } from '../../table/scope.ts';
import { AuditItem } from '../audit.noun.ts';
import { auditRefusals } from '../audit.refusals.ts';
import { NewestCheckpointItem, OwnRoundItem } from '../audit-checkpoint.noun.ts';
import { entryIn } from '../stored-entries.ts';
import { type PlacedLeaf, storedLeaves } from '../stored-leaves.ts';
import { storedSubtrees } from '../stored-tiles.ts';
import { canonical } from '../tree/canonical.ts';
import { toBase64 } from '../tree/hash.ts';
import { entryText, leafData } from '../tree/leaf.ts';
import { subtreesIn } from '../tree/proofs.ts';
import { checkpointsBetween, type Newest } from './take-checkpoint.ts';

/** The position in a proof file: the next leaf, the size being proved, and the lines so far. */
export interface ProofPosition {
  readonly next: number;
  readonly size: number;
  readonly lines: number;
}

interface ProofPart {
  readonly text: string;
  /** The number of leaves. */
  readonly leaves: number;
  readonly next: ProofPosition | null;
}

// A Lambda function may return at most 6 MB of JSON, in which quotes take two bytes each.
const mostBytes = 4_000_000;
const mostLeaves = 2000;
const atOnce = 500;

const sentBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/**
 * The next part of a proof file: every leaf of the tree with its entry, and the checkpoints at their sizes.
 * docs/audit.md describes each line. All parts prove the checkpoint that was the newest when the export
 * started.
 */
export async function exportProof(
  scope: OrganizationScope,
  position: ProofPosition | undefined,
  now: Date,
): Promise<ProofPart> {
  const begun = position ?? (await begin(scope));
  const lines = position === undefined ? [await header(scope, now)] : [];
  let { next, size } = begun;
  let bytes = 0;
  const end = Math.min(begun.size, next + mostLeaves);
  while (next < end && bytes < mostBytes) {
    const to = Math.min(next + atOnce, end);
    for (const { own, after, erasure = 0 } of await linesBetween(scope, next, to)) {
      bytes += sentBytes(own.join());
      // A part contains at least one leaf, however long its entry is.
      if (bytes > mostBytes && next > begun.next) break;
      lines.push(...own);
      next = after;
      // An entry changes once a checkpoint covers the leaf that records this, so the file extends to that
      // checkpoint.
      if (erasure >= size) ({ size } = await begin(scope));
    }
  }
  const count = begun.lines + lines.length;
  const text = (all: readonly string[]) => all.map((line) => `${line}\n`).join('');
  const leaves = next - begun.next;
  if (next < size) return { text: text(lines), leaves, next: { size, next, lines: count } };
  const round = await find(scope, OwnRoundItem, {});
  const last = round === null ? [] : [round.line];
  const closing = canonical({ end: { lines: count + last.length } });
  return { text: text([...lines, ...last, closing]), leaves, next: null };
}

async function begin(scope: OrganizationScope): Promise<ProofPosition> {
  const newest = await find(scope, NewestCheckpointItem, {});
  if (newest === null) throw auditRefusals.no_checkpoint();
  return { next: 0, size: newest.size, lines: 0 };
}

/** The first line of a proof file. `to`: until when a file goes that leaves leaves out. */
function proofHeader(
  { organizationId }: Pick<OrganizationScope, 'organizationId'>,
  { key, note }: Pick<Newest, 'key' | 'note'>,
  times: { readonly exportedAt: string; readonly to?: string },
): string {
  const [origin = ''] = note.split('\n');
  return canonical({ 'audit-proof': 1, ...times, key, organizationId, origin });
}

async function header(scope: OrganizationScope, now: Date): Promise<string> {
  const newest = await find(scope, NewestCheckpointItem, {});
  return proofHeader(scope, newest ?? { key: '', note: '' }, { exportedAt: now.toISOString() });
}

/** The lines of a range of leaves, each with the index of the following leaf. */
async function linesBetween(scope: OrganizationScope, from: number, to: number) {
  const [leaves, checkpoints] = await Promise.all([
    storedLeaves(scope, { from, to }),
    checkpointsBetween(scope, { from: from + 1, to }),
  ]);
  const entries = await entriesOf(scope, leaves);
  const notes = new Map(checkpoints.map(({ size, note }) => [size, canonical({ checkpoint: note })]));
  return leaves.map((leaf) => {
    const after = leaf.sequence + 1;
    const { text: entry, erasure } = ('id' in leaf ? entries.get(leaf.id) : undefined) ?? {};
    const data = leafData(leaf);
    const line = entry === undefined ? `{"leaf":${data}}` : `{"entry":${entry},"leaf":${data}}`;
    const note = notes.get(after);
    // A checkpoint stays with the leaf before it, so that no part ends between them.
    return { own: note === undefined ? [line] : [line, note], after, erasure };
  });
}

/** The texts of the entries that are still there, by id, and the leaf of an erasure from them. */
async function entriesOf(scope: OrganizationScope, leaves: readonly PlacedLeaf[]) {
  const keys = leaves.flatMap((leaf) =>
    'id' in leaf ? [{ month: leaf.timestamp.slice(0, 7), timestamp: leaf.timestamp, entryId: leaf.id }] : [],
  );
  const items = keys.length === 0 ? [] : await findMany(scope, AuditItem, keys);
  return new Map(
    items.map((item) => [item.entryId, { text: entryText(entryIn(item)), erasure: item.erasure?.sequence }]),
  );
}

/** Part of an audit log as a proof file: leaves from `from`, inclusive, to `to`, exclusive. */
interface ProvenPart {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** The signed note that covers it, and when it was signed. */
  readonly note: string;
  readonly time: string;
}

const mostLeavesOfPart = 500;

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
  const to = Math.min(size, from + mostLeavesOfPart);
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
