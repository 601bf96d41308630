import { item, number, text, value } from '../table/item.ts';
import type { Recent } from './tree/recent.ts';

/**
 * An audit log's Merkle tree, in a partition that no organization's session can write to. Its formats are
 * described in docs/audit.md.
 */

/** The tree's right edge, moved by each append in the transaction that writes the entries. */
export const TreeHeadItem = item({
  name: 'auditTreeHead',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'head'],
  attributes: {
    // Named differently than in the neighbouring items, so that the writer's policy can't change those.
    headSize: number(),
    /** Roots of the perfect subtrees, largest first. */
    headFrontier: value<Uint8Array>(),
    recent: value<readonly Recent[]>(),
  },
});

/** A leaf as stored; its sequence follows from its position. */
export type StoredLeaf =
  | {
      readonly id: string;
      readonly timestamp: string;
      readonly entry: Uint8Array;
      readonly expiresAt?: number | undefined;
      /** Absent for `written`. */
      readonly kind?: 'earlier' | 'imported' | undefined;
    }
  | { readonly kind: 'withdrawn'; readonly from: number; readonly to: number }
  | { readonly kind: 'erased'; readonly of: number; readonly entry: Uint8Array; readonly person: string };

/**
 * Consecutive leaves, starting at `offset` in leaf tile number `index`. A tile is filled in parts, so that
 * appending costs what is appended, not the size of the tile.
 */
export const TreeLeavesItem = item({
  name: 'auditTreeLeaves',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'tile#0#{index}#{offset}'],
  attributes: { index: text(), offset: text(), leaves: value<readonly StoredLeaf[]>() },
});

/** Hashes of complete tiles of the level below: up to 256. */
export const TreeTileItem = item({
  name: 'auditTreeTile',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'tile#{level}#{index}'],
  attributes: { level: text(), index: text(), count: number(), hashes: value<Uint8Array>() },
});

/** The progress of the search for entries that predate the tree. */
export interface EarlierSearch {
  /** The earliest start (ISO 8601): from then on, no writer adds entries outside the tree. */
  readonly notBefore: string;
  /** The position up to which all entries were found; absent at first. */
  readonly at?: { readonly timestamp: string; readonly entryId: string } | undefined;
  readonly isDone?: true | undefined;
}

/** How far a tree is stored in tiles and verified against its head. */
export const TreeSealItem = item({
  name: 'auditTreeSeal',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'seal'],
  attributes: {
    /** The size up to which it was verified. */
    size: number(),
    root: value<Uint8Array>(),
    /** When it was verified, ISO 8601 UTC. */
    at: text(),
    /** The size up to which it is stored: larger while catching up takes several runs. */
    stored: number(),
    frontier: value<Uint8Array>(),
    earlier: value<EarlierSearch>(),
  },
});
