import type { AuditEntry } from '../audit.schema.ts';
import { canonical } from './canonical.ts';
import { type Digest, type Hash, leafInput, toBase64, utf8 } from './hash.ts';

/** How an entry came into the tree: by the writer, from before there was a tree, or by an import. */
type EntryKind = 'written' | 'earlier' | 'imported';

/** A leaf that stands for an entry. */
export interface EntryLeaf {
  readonly kind: EntryKind;
  /** The entry's id. */
  readonly id: string;
  /** Its place in the tree, from 0. */
  readonly sequence: number;
  /** Hash of the entry's text, base64. */
  readonly entry: string;
  /**
   * When it expires, seconds since the epoch: an entry that is missing before was removed by somebody.
   * Without it the entry stays for ever.
   */
  readonly expiresAt?: number | undefined;
}

/**
 * A leaf that says that an import was undone: the entries of leaves `from` to `to`, both included, are gone.
 */
export interface WithdrawalLeaf {
  readonly kind: 'withdrawn';
  readonly sequence: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A leaf that says that what identified somebody was erased from the entry of leaf `of`, and what is left. Of
 * several about the same entry the last one counts.
 */
export interface ErasureLeaf {
  readonly kind: 'erased';
  readonly sequence: number;
  readonly of: number;
  /** Hash of the text that is left, base64. */
  readonly entry: string;
  /** The pseudonym that stands for them in what is left. */
  readonly person: string;
}

export type Leaf = EntryLeaf | WithdrawalLeaf | ErasureLeaf;

/** The text that an entry is hashed as: everything that its trail shows, and nothing that the table adds. */
export const entryText = (entry: AuditEntry): string => canonical(entry);

/** The hash of an entry, as its leaf has it. */
export const entryHash = (entry: AuditEntry, digest: Digest): string =>
  toBase64(digest(utf8(entryText(entry))));

/** The text that a leaf is hashed as: of these fields and no others that it may have. */
export function leafData(leaf: Leaf): string {
  const { kind, sequence } = leaf;
  if (leaf.kind === 'withdrawn') return canonical({ kind, sequence, from: leaf.from, to: leaf.to });
  if (leaf.kind === 'erased') {
    const { of, entry, person } = leaf;
    return canonical({ kind, sequence, of, entry, person });
  }
  const { id, entry, expiresAt } = leaf;
  return canonical({ kind, sequence, id, entry, expiresAt });
}

export const leafHash = (leaf: Leaf, digest: Digest): Hash => digest(leafInput(leafData(leaf)));
