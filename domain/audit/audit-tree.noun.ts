import { item, number, text, value } from '../table/item.ts';
import type { Recent } from './tree/recent.ts';

/**
 * A trail's Merkle tree, in a partition of its own that no session of an organization writes to. Its formats
 * are in docs/audit.md.
 */

/** The tree's right edge: each append moves it, in the transaction that puts the entries. */
export const TreeHeadItem = item({
  name: 'auditTreeHead',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'head'],
  attributes: {
    // Named otherwise than in the items beside it: that is what keeps the writer from changing those.
    headSize: number(),
    /** Roots of the perfect subtrees, largest first. */
    headFrontier: value<Uint8Array>(),
    recent: value<readonly Recent[]>(),
  },
});

/** A leaf as a part has it: its sequence follows from its place. */
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
 * Leaves in their order, which begin at `offset` in the tile of leaves number `index`. A tile is filled part
 * by part, so that what is appended in an hour costs what it takes itself, not what its tile does.
 */
export const TreeLeavesItem = item({
  name: 'auditTreeLeaves',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'tile#0#{index}#{offset}'],
  attributes: { index: text(), offset: text(), leaves: value<readonly StoredLeaf[]>() },
});

/** Hashes of whole tiles of the level below: up to 256. */
export const TreeTileItem = item({
  name: 'auditTreeTile',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'tile#{level}#{index}'],
  attributes: { level: text(), index: text(), count: number(), hashes: value<Uint8Array>() },
});

/** How far the search for entries from before there was a tree has come. */
export interface EarlierSearch {
  /** When it may begin (ISO 8601): by then nobody puts entries into the trail beside the tree. */
  readonly notBefore: string;
  /** The place in the trail up to which all have been found; absent at first. */
  readonly at?: { readonly timestamp: string; readonly entryId: string } | undefined;
  readonly isDone?: true | undefined;
}

/** How far a tree is stored in tiles, and was checked against its head. */
export const TreeSealItem = item({
  name: 'auditTreeSeal',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'seal'],
  attributes: {
    /** The size up to which it was checked. */
    size: number(),
    root: value<Uint8Array>(),
    /** When it was, ISO 8601 UTC. */
    at: text(),
    /** The size up to which it is stored: larger while a long way to the head takes several runs. */
    stored: number(),
    frontier: value<Uint8Array>(),
    earlier: value<EarlierSearch>(),
  },
});
