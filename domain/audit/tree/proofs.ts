import { folded, type SubtreePlace } from './frontier.ts';
import type { Digest, Hash } from './hash.ts';

/** Returns the roots of a stored tree's perfect subtrees. */
export type SubtreeSource = (place: SubtreePlace) => Promise<Hash>;

/** Leaves from `from` to `to`, exclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where RFC 6962 splits a range: at the largest power of two smaller than its length. */
function middleOf({ from, to }: Range): number {
  let left = 1;
  while (left * 2 < to - from) left *= 2;
  return from + left;
}

/** The smallest set of perfect subtrees that covers a range, from left to right. */
export function subtreesIn({ from, to }: Range): SubtreePlace[] {
  const places: SubtreePlace[] = [];
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1];
    while (at % (width * 2) === 0 && at + width * 2 <= to) {
      level += 1;
      width *= 2;
    }
    places.push({ level, index: at / width });
    at += width;
  }
  return places;
}

/** The ranges whose hashes prove that a leaf is in a tree, from the leaf up. */
function inclusionRanges(leaf: number, range: Range): Range[] {
  const { from, to } = range;
  if (to - from === 1) return [];
  const middle = middleOf(range);
  const [left, right] = [
    { from, to: middle },
    { from: middle, to },
  ];
  return leaf < middle ? [...inclusionRanges(leaf, left), right] : [...inclusionRanges(leaf, right), left];
}

/** SUBPROOF for the first `size` leaves (RFC 6962, section 2.1.2). */
function consistencyRanges(size: number, range: Range, isWhole: boolean): Range[] {
  const { from, to } = range;
  if (size === to) return isWhole ? [] : [range];
  const middle = middleOf(range);
  const [left, right] = [
    { from, to: middle },
    { from: middle, to },
  ];
  return size <= middle
    ? [...consistencyRanges(size, left, isWhole), right]
    : [...consistencyRanges(size, right, false), left];
}

async function hashOf(source: SubtreeSource, range: Range, digest: Digest): Promise<Hash> {
  return folded(await Promise.all(subtreesIn(range).map(source)), digest);
}

const hashesOf = (source: SubtreeSource, ranges: readonly Range[], digest: Digest): Promise<Hash[]> =>
  Promise.all(ranges.map((range) => hashOf(source, range, digest)));

function assertWithin(low: number, value: number, high: number): void {
  if (!Number.isSafeInteger(value) || value < low || value > high)
    throw new RangeError(`${value} is not from ${low} to ${high}`);
}

/** The tree's root at a given size. */
export const rootAt = (source: SubtreeSource, size: number, digest: Digest): Promise<Hash> =>
  hashOf(source, { from: 0, to: size }, digest);

/** Proves that a leaf (index from 0) is in the tree of a given size. */
export async function inclusionProof(
  source: SubtreeSource,
  { leaf, size }: { readonly leaf: number; readonly size: number },
  digest: Digest,
): Promise<Hash[]> {
  assertWithin(0, leaf, size - 1);
  return await hashesOf(source, inclusionRanges(leaf, { from: 0, to: size }), digest);
}

/** Proves that the tree of one size is an extension of an earlier one. */
export async function consistencyProof(
  source: SubtreeSource,
  { from, to }: Range,
  digest: Digest,
): Promise<Hash[]> {
  assertWithin(0, from, to);
  return from === 0 ? [] : await hashesOf(source, consistencyRanges(from, { from: 0, to }, true), digest);
}
