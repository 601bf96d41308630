import { RFC9162 } from '@transmute/rfc9162';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../domain/audit/sha256.ts';
import {
  append,
  emptyFrontier,
  type Frontier,
  packed,
  rootOf,
  unpacked,
} from '../../../../domain/audit/tree/frontier.ts';
import { type Hash, leafInput, toBase64 } from '../../../../domain/audit/tree/hash.ts';
import {
  consistencyProof,
  inclusionProof,
  rootAt,
  subtreesIn,
} from '../../../../domain/audit/tree/proofs.ts';
import { subtreesOf, type TilePlace } from '../../../../domain/audit/tree/tiles.ts';
import { verifyConsistency, verifyInclusion } from '../../../../domain/audit/tree/verify.ts';

const texts = (count: number) => Array.from({ length: count }, (_, at) => `leaf ${at}`);
const hashesFor = (count: number) => texts(count).map((text) => sha256(leafInput(text)));
const bytes = (count: number) => texts(count).map(RFC9162.strToBin);

const most = 700;
const all = hashesFor(most);
const sizes = fc.integer({ min: 1, max: most });
/** Two sizes, the smaller first. */
const twoSizes = fc
  .tuple(sizes, sizes)
  .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);

const frontierOf = (size: number): Frontier => append(emptyFrontier, all.slice(0, size), sha256);
const rootFor = (size: number): Hash => rootOf(frontierOf(size), sha256);

/** Tiles as they are stored: hashes of leaves, and of whole tiles. */
function tilesOf(size: number) {
  const tiles = new Map<string, Hash[]>();
  append(emptyFrontier, all.slice(0, size), sha256, ({ level, index }, hash) => {
    if (level % 8 !== 0) return;
    const name = `${level / 8}/${Math.floor(index / 256)}`;
    tiles.set(name, [...(tiles.get(name) ?? []), hash]);
  });
  return async ({ level, index }: TilePlace) => tiles.get(`${level}/${index}`) ?? [];
}
const sourceOf = (size: number) => subtreesOf(tilesOf(size), sha256);

/** The same bytes with one bit flipped. */
const turned = (hash: Hash, bit: number): Hash =>
  hash.map((byte, at) => (at === Math.floor(bit / 8) % hash.length ? byte ^ (1 << (bit % 8)) : byte));

describe('the root of a tree', () => {
  it('is what another implementation computes, for every size up to 70', async () => {
    for (let size = 1; size <= 70; size += 1)
      expect(toBase64(rootFor(size))).toBe(toBase64(await RFC9162.treeHead(bytes(size))));
  });

  it('of no leaves is the hash of nothing', () => {
    expect(toBase64(rootOf(emptyFrontier, sha256))).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });

  it('is the same however the leaves are appended, and through storage', () => {
    fc.assert(
      fc.property(twoSizes, ([first, size]) => {
        const kept = unpacked(first, packed(frontierOf(first)));
        expect(rootOf(append(kept, all.slice(first, size), sha256), sha256)).toEqual(rootFor(size));
      }),
    );
  });

  it('is told from tiles for each size that the tree has had', async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, async ([earlier, size]) => {
        expect(await rootAt(sourceOf(size), earlier, sha256)).toEqual(rootFor(earlier));
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a frontier that lacks a root', () => {
    expect(() => append({ size: 3, roots: [] }, all.slice(0, 1), sha256)).toThrow('lacks a root');
  });
});

describe('a range of leaves', () => {
  it('is covered by perfect subtrees without a gap', () => {
    fc.assert(
      fc.property(twoSizes, ([from, to]) => {
        let at = from;
        for (const { level, index } of subtreesIn({ from, to })) {
          expect(index * 2 ** level).toBe(at);
          at += 2 ** level;
        }
        expect(at).toBe(to);
      }),
    );
  });
});

describe('a proof of inclusion', () => {
  const proven = async (leaf: number, size: number) => ({
    leafHash: all[leaf] ?? sha256(leafInput('')),
    leaf,
    size,
    root: rootFor(size),
    proof: await inclusionProof(sourceOf(size), { leaf, size }, sha256),
  });

  it('is accepted for every leaf, by this and by another implementation', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, number) => {
        const inclusion = await proven(number % size, size);
        expect(await verifyInclusion(inclusion, sha256)).toBe(true);
        const { root, leafHash, leaf, proof } = inclusion;
        const theirs = { log_id: '', tree_size: size, leaf_index: leaf, inclusion_path: proof };
        expect(await RFC9162.verifyInclusionProof(root, leafHash, theirs)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is the one that another implementation makes', async () => {
    for (const [leaf, size] of [
      [0, 1],
      [0, 7],
      [6, 7],
      [63, 64],
      [12, 65],
      [64, 65],
    ] as const) {
      const { inclusion_path } = await RFC9162.inclusionProof(
        bytes(size)[leaf] ?? new Uint8Array(),
        bytes(size),
      );
      expect((await proven(leaf, size)).proof.map(toBase64)).toEqual(inclusion_path.map(toBase64));
    }
  });

  it('is refused with anything changed: leaf, number, size, root, a bit, more or fewer hashes', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, number, bit) => {
        const honest = await proven(number % size, size);
        const { proof, leaf, root, leafHash } = honest;
        const changes: object[] = [
          { leafHash: turned(leafHash, bit) },
          { root: turned(root, bit) },
          { leaf: leaf + 1 },
          { leaf: -1 },
          { leaf: 0.5 },
          { proof: [...proof, root] },
          { leaf: size },
          ...(proof.length === 0
            ? []
            : [{ proof: proof.slice(1) }, { proof: proof.with(bit % proof.length, turned(leafHash, bit)) }]),
        ];
        for (const change of changes)
          expect(await verifyInclusion({ ...honest, ...change }, sha256)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('of a leaf that the tree hasn’t is not made', async () => {
    await expect(inclusionProof(sourceOf(7), { leaf: 7, size: 7 }, sha256)).rejects.toThrow(RangeError);
    await expect(inclusionProof(sourceOf(7), { leaf: 3, size: 9 }, sha256)).rejects.toThrow(
      'lacks the subtree',
    );
  });
});

describe('a proof of consistency', () => {
  const proven = async (first: number, size: number) => ({
    from: { size: first, root: rootFor(first) },
    to: { size, root: rootFor(size) },
    proof: await consistencyProof(sourceOf(size), { from: first, to: size }, sha256),
  });
  /** Unlike RFC 6962, the other implementation doesn't omit an old root that is a whole subtree. */
  const asTheirs = ({ from, proof }: Awaited<ReturnType<typeof proven>>) =>
    Number.isInteger(Math.log2(from.size)) ? [from.root, ...proof] : proof;

  it('is accepted for every pair of sizes, by this and by another implementation', async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, async ([first, size]) => {
        const honest = await proven(first, size);
        const { from, to } = honest;
        expect(await verifyConsistency(honest, sha256)).toBe(true);
        const theirs = {
          log_id: '',
          tree_size_1: first,
          tree_size_2: size,
          consistency_path: asTheirs(honest),
        };
        if (first < size) expect(await RFC9162.verifyConsistencyProof(from.root, to.root, theirs)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is the one that another implementation makes, for every pair of sizes up to 20', async () => {
    for (let size = 2; size <= 20; size += 1)
      for (let first = 1; first < size; first += 1)
        expect(asTheirs(await proven(first, size)).map(toBase64)).toEqual(
          (await RFC9162.PROOF(first, bytes(size))).map(toBase64),
        );
  });

  it('is refused for a history that was rewritten, and with anything changed', async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, fc.nat(), async ([first, size], bit) => {
        const honest = await proven(first, size);
        const { from, to, proof } = honest;
        const changes: object[] = [
          { from: { ...from, root: turned(from.root, bit) } },
          { to: { ...to, root: turned(to.root, bit) } },
          { from: { ...from, size: size + 1 } },
          { from: { ...from, size: 0.5 } },
          { proof: [...proof, from.root] },
          ...(proof.length === 0
            ? []
            : [{ proof: proof.slice(1) }, { proof: proof.with(bit % proof.length, turned(from.root, bit)) }]),
        ];
        for (const change of changes)
          expect(await verifyConsistency({ ...honest, ...change }, sha256)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('from nothing needs none, and to nothing there is none', async () => {
    expect(await consistencyProof(sourceOf(5), { from: 0, to: 5 }, sha256)).toEqual([]);
    const nothing = { size: 0, root: rootOf(emptyFrontier, sha256) };
    expect(await verifyConsistency({ from: nothing, to: nothing, proof: [] }, sha256)).toBe(true);
    const five = { size: 5, root: rootFor(5) };
    expect(await verifyConsistency({ from: nothing, to: five, proof: [] }, sha256)).toBe(true);
    await expect(consistencyProof(sourceOf(5), { from: 6, to: 5 }, sha256)).rejects.toThrow(RangeError);
  });
});
