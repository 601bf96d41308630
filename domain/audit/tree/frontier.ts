import { type Digest, type Hash, hashBytes, joined, nodeInput } from './hash.ts';

/**
 * The right edge of a tree: the roots of its perfect subtrees, largest first, one for each 1 in the binary
 * digits of its size. It is all that appending needs.
 */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly Hash[];
}

export const emptyFrontier: Frontier = { size: 0, roots: [] };

/** A perfect subtree: of 2^level leaves, the first of which is number index × 2^level. */
export interface SubtreePlace {
  readonly level: number;
  readonly index: number;
}

/**
 * The frontier once leaves are appended.
 * @param completed learns of each subtree that becomes perfect, from the leaves up
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

/** Hashes that lie beside each other, largest first, as one: the right side is joined first. */
export function folded(hashes: readonly Hash[], digest: Digest): Hash {
  const [last = digest(new Uint8Array()), ...others] = hashes.toReversed();
  return others.reduce((right, left) => digest(nodeInput(left, right)), last);
}

/** The root of the tree; that of an empty one is the hash of nothing. */
export const rootOf = ({ roots }: Frontier, digest: Digest): Hash => folded(roots, digest);

/** The roots as the table stores them. */
export const packed = ({ roots }: Pick<Frontier, 'roots'>): Uint8Array<ArrayBuffer> => joined(roots);

/** The hashes in a row of bytes. */
export const hashesIn = (bytes: Uint8Array): Hash[] =>
  Array.from({ length: Math.floor(bytes.length / hashBytes) }, (_, at) =>
    bytes.slice(at * hashBytes, (at + 1) * hashBytes),
  );

/** A frontier as the table stores it. */
export const unpacked = (size: number, roots: Uint8Array): Frontier => ({ size, roots: hashesIn(roots) });
