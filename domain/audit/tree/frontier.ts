import { type Digest, type Hash, hashBytes, joined, nodeInput } from './hash.ts';

/**
 * A tree's right edge: the roots of its perfect subtrees, largest first, one for each 1 bit of its size.
 * Appending needs nothing else.
 */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly Hash[];
}

export const emptyFrontier: Frontier = { size: 0, roots: [] };

/** A perfect subtree of 2^level leaves, starting at leaf index × 2^level. */
export interface SubtreePlace {
  readonly level: number;
  readonly index: number;
}

/**
 * The frontier after appending leaves.
 * @param completed called for each subtree that becomes perfect, from the leaves up
 */
export function append(
  { size, roots }: Frontier,
  leaves: readonly Hash[],
  digest: Digest,
  completed: (place: SubtreePlace, hash: Hash) => void = () => undefined,
): Frontier {
  const edge = [...roots];
  let count = size;
  for (const leaf of leaves) {
    let [hash, level, index] = [leaf, 0, count];
    completed({ level, index }, hash);
    while (index % 2 === 1) {
      const left = edge.pop();
      if (left === undefined) throw new Error(`a frontier of ${size} leaves lacks a root`);
      hash = digest(nodeInput(left, hash));
      level += 1;
      index = (index - 1) / 2;
      completed({ level, index }, hash);
    }
    edge.push(hash);
    count += 1;
  }
  return { size: count, roots: edge };
}

/** Combines adjacent hashes, largest first, into one, joining from the right. */
export function folded(hashes: readonly Hash[], digest: Digest): Hash {
  const [last = digest(new Uint8Array()), ...others] = hashes.toReversed();
  return others.reduce((right, left) => digest(nodeInput(left, right)), last);
}

/** The tree's root; for an empty tree, the hash of the empty string. */
export const rootOf = ({ roots }: Frontier, digest: Digest): Hash => folded(roots, digest);

/** The roots as the table stores them. */
export const packed = ({ roots }: Pick<Frontier, 'roots'>): Uint8Array<ArrayBuffer> => joined(roots);

/** Splits a byte array into hashes. */
export const hashesIn = (bytes: Uint8Array): Hash[] =>
  Array.from({ length: Math.floor(bytes.length / hashBytes) }, (_, at) =>
    bytes.slice(at * hashBytes, (at + 1) * hashBytes),
  );

/** A frontier as the table stores it. */
export const unpacked = (size: number, roots: Uint8Array): Frontier => ({ size, roots: hashesIn(roots) });
