import { type AnyDigest, type Hash, nodeInput, sameHash } from './hash.ts';

interface Inclusion {
  readonly leafHash: Hash;
  /** The leaf's index, from 0. */
  readonly leaf: number;
  readonly size: number;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/**
 * The position of a climbing proof: whether the node is a right child, and whether it is the last of its
 * level.
 */
class Climb {
  #node: number;
  #last: number;
  constructor(node: number, last: number) {
    this.#node = node;
    this.#last = last;
  }

  get isAtTop(): boolean {
    return this.#last === 0;
  }

  get isRight(): boolean {
    return this.#node % 2 === 1 || this.#node === this.#last;
  }

  /** Moves one level up. */
  rise(): void {
    this.#node = Math.floor(this.#node / 2);
    this.#last = Math.floor(this.#last / 2);
  }

  /** Moves past levels where the node is the last one and has no left sibling. */
  riseToRight(): void {
    while (this.#node % 2 === 0 && this.#node !== 0) this.rise();
  }

  /** Moves up until the node is a left child. */
  riseToLeft(): void {
    while (this.#node % 2 === 1) this.rise();
  }
}

/** Verifies an inclusion proof (RFC 9162, section 2.1.3.2). */
export async function verifyInclusion(
  { leafHash, leaf, size, root, proof }: Inclusion,
  digest: AnyDigest,
): Promise<boolean> {
  if (!Number.isSafeInteger(leaf) || !Number.isSafeInteger(size) || leaf < 0 || leaf >= size) return false;
  const climb = new Climb(leaf, size - 1);
  let hash = leafHash;
  for (const sibling of proof) {
    if (climb.isAtTop) return false;
    const { isRight } = climb;
    hash = await digest(isRight ? nodeInput(sibling, hash) : nodeInput(hash, sibling));
    if (isRight) climb.riseToRight();
    climb.rise();
  }
  return climb.isAtTop && sameHash(hash, root);
}

interface Consistency {
  readonly from: { readonly size: number; readonly root: Hash };
  readonly to: { readonly size: number; readonly root: Hash };
  readonly proof: readonly Hash[];
}

const isPowerOfTwo = (size: number): boolean => Number.isInteger(Math.log2(size));

/** Verifies a consistency proof (RFC 9162, section 2.1.4.2). */
export async function verifyConsistency(
  { from, to, proof }: Consistency,
  digest: AnyDigest,
): Promise<boolean> {
  if (!Number.isSafeInteger(from.size) || !Number.isSafeInteger(to.size)) return false;
  if (from.size < 0 || from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && sameHash(from.root, to.root);
  if (from.size === 0) return proof.length === 0;
  const [first, ...others] = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof;
  if (first === undefined || proof.length === 0) return false;
  const climb = new Climb(from.size - 1, to.size - 1);
  climb.riseToLeft();
  let [old, current] = [first, first];
  for (const sibling of others) {
    if (climb.isAtTop) return false;
    const { isRight } = climb;
    if (isRight) old = await digest(nodeInput(sibling, old));
    current = await digest(isRight ? nodeInput(sibling, current) : nodeInput(current, sibling));
    if (isRight) climb.riseToRight();
    climb.rise();
  }
  return climb.isAtTop && sameHash(old, from.root) && sameHash(current, to.root);
}
