import type { EntryReference } from '../actor.ts';
import {
  item,
  noun,
  number,
  type OnlyAction,
  optional,
  text,
  timeToLive,
  type Undoing,
  value,
} from '../table/item.ts';
import { directoryIndex } from '../table/layout.ts';
import type { AuditEntry } from './audit.schema.ts';
import {
  CheckpointItem,
  NewestCheckpointItem,
  NewestRoundItem,
  OwnRoundItem,
  RoundItem,
  RoundsHeadItem,
} from './audit-checkpoint.noun.ts';
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

/** What was requested: only ids and route names, nothing of the request's content. */
export interface AccessDetails {
  /** `GET /api/organizations/{organizationId}/audit`. */
  readonly route?: string;
  /** The permission that was missing or used: `list AuditEntry`. */
  readonly asked?: string;
  /** The ids in the path, by parameter name. */
  readonly path?: Readonly<Record<string, string>>;
  /** Code of the refusal. */
  readonly code?: string;
  /** How many refusals of this kind the user had in that hour so far, at least. */
  readonly times?: number;
  /** The organization named in an outsider's token. */
  readonly organizationId?: string;
  /** What was viewed in support access: one item, named by `thing` (`kpi`), or a list of a kind (`Kpi`). */
  readonly seen?: string;
  readonly thing?: string;
  /** The user whose view it was. */
  readonly viewedAs?: string;
  /** The filter of an export, or what the requested runs compute. */
  readonly filter?: Readonly<Record<string, string>>;
}

/**
 * Events that may be recorded in any audit log. An access event's kind is its partition, so that IAM
 * policies can restrict who may write it (`partitionPatterns` in `table/layout.ts`). The kind alone
 * determines its action. Sessions keep the oldest name.
 */
export const accesses = {
  access: { action: 'session.started', about: 'session/' },
  'access#refused': { action: 'access.refused', about: 'route/' },
  'access#exported': { action: 'audit.exported', about: 'audit/' },
  'access#checkpoint': { action: 'audit.checkpoint-requested', about: 'audit/' },
  'access#downloaded': { action: 'data-export.downloaded', about: 'export/' },
  'access#seen': { action: 'support-access.viewed', about: 'supportAccess/' },
} as const;

/** Events recorded on the platform only: requested runs, and invited users who are members elsewhere. */
export const platformAccesses = {
  'access#usage-run': { action: 'usage-run.requested', about: 'usage-run/' },
  'access#elsewhere': { action: 'invitation.member-elsewhere', about: 'invitation/' },
} as const;

const changesNothing: Undoing = 'never: event';

/** Declares access events of these kinds. */
const accessEvent = <const Kinds extends Readonly<Record<string, OnlyAction>>>(kinds: Kinds) =>
  ({
    name: 'accessEvent',
    exported: 'as trail',
    key: ['{organizationId}#{partition}', '{eventKey}'],
    shown: { access: value<AccessDetails>() },
    hidden: {
      partition: text<Extract<keyof Kinds, string>>(),
      /** The same key is the same event, however often it is recorded. */
      eventKey: text(),
      /** The subject: `<noun>/<id>`. */
      about: text(),
      expiresAt: timeToLive(),
    },
    oneOf: { partition: Object.keys(kinds) },
    trail: {
      unstampedNoun: 'access',
      onlyAction: kinds,
      actions: Object.values(kinds).map(({ action }): Kinds[keyof Kinds]['action'] => action),
      undo: Object.fromEntries(Object.values(kinds).map(({ action }) => [action, changesNothing])),
    },
  }) as const;

/**
 * An access event: a request that changed nothing. The stream turns it into an audit entry; then it
 * expires.
 */
export const AccessEventItem = item(accessEvent(accesses));

export const PlatformAccessEventItem = item({ ...accessEvent(platformAccesses), isPlatforms: true });

/**
 * One entry of the audit log, and its row in the platform's feed of all entries. Written once, only by the
 * audit writer. Only an erasure changes it, and the tree records that.
 */
export const AuditItem = item({
  name: 'auditEntry',
  exported: 'as trail',
  key: ['{organizationId}#audit#{month}', '{timestamp}#{entryId}'],
  attributes: {
    month: text(),
    timestamp: text(),
    entryId: text(),
    userId: text(),
    actorName: optional(text()),
    role: text(),
    action: text(),
    resource: text(),
    details: value<AuditEntry['details']>(),
    requestId: optional(text()),
    ip: optional(text()),
    userAgent: optional(text()),
    impersonatedBy: optional(text()),
    names: optional(value<Readonly<Record<string, string>>>()),
    undoes: optional(value<EntryReference>()),
    supportAccess: optional(text()),
    /** Its shard of the month in the feed. */
    shard: number(),
    /** Its position in the tree; absent in entries that predate the tree. */
    sequence: optional(number()),
    /** After an erasure: the leaf that records what remains of the entry, and its hash. */
    erasure: optional(value<{ readonly sequence: number; readonly entry: string }>()),
    /** Without it the entry stays. */
    expiresAt: optional(timeToLive()),
  },
  places: {
    feed: { index: directoryIndex, key: ['platform#audit#{month}#{shard}', '{timestamp}#{entryId}'] },
  },
});

export const auditNoun = noun({
  name: 'audit',
  subjects: ['AuditEntry', 'AuditCheckpoint'],
  items: [
    AccessEventItem,
    PlatformAccessEventItem,
    AuditItem,
    TreeHeadItem,
    TreeLeavesItem,
    TreeTileItem,
    TreeSealItem,
    CheckpointItem,
    NewestCheckpointItem,
    RoundItem,
    RoundsHeadItem,
    NewestRoundItem,
    OwnRoundItem,
  ],
});
