import type { AuditEntry } from '../audit.schema.ts';
import { canonical } from './canonical.ts';
import { type Digest, type Hash, leafInput, toBase64, utf8 } from './hash.ts';

/** How an entry got into the tree: from the writer, from before the tree existed, or from an import. */
type EntryKind = 'written' | 'earlier' | 'imported';

/** The leaf of an entry. */
export interface EntryLeaf {
  readonly kind: EntryKind;
  /** The entry's id. */
  readonly id: string;
  /** Its index in the tree, from 0. */
  readonly sequence: number;
  /** The hash of the entry's text, base64. */
  readonly entry: string;
  /**
   * When the entry expires, in seconds since the epoch: if it is missing earlier, it was removed. Without
   * it, the entry is kept forever.
   */
  readonly expiresAt?: number | undefined;
}

/**
 * A leaf recording that an import was undone: the entries of leaves `from` to `to`, inclusive, were
 * removed.
 */
export interface WithdrawalLeaf {
  readonly kind: 'withdrawn';
  readonly sequence: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A leaf recording that a person was erased from the entry of leaf `of`, and what remains. If there are
 * several for the same entry, the last one counts.
 */
export interface ErasureLeaf {
  readonly kind: 'erased';
  readonly sequence: number;
  readonly of: number;
  /** Hash of the remaining text, base64. */
  readonly entry: string;
  /** The pseudonym that replaces them in it. */
  readonly person: string;
}

export type Leaf = EntryLeaf | WithdrawalLeaf | ErasureLeaf;

/** The text of an entry that is hashed: everything that the audit log shows, without bookkeeping. */
export const entryText = (entry: AuditEntry): string => canonical(entry);

/** The hash of an entry, as stored in its leaf. */
export const entryHash = (entry: AuditEntry, digest: Digest): string =>
  toBase64(digest(utf8(entryText(entry))));

/** The text of a leaf that is hashed: exactly these fields. */
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
