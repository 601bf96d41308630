import { item, number, optional, text, value } from '../table/item.ts';

/**
 * A signed statement of an audit log's size and root at a point in time. Its formats are described in
 * docs/audit.md.
 */
export const CheckpointItem = item({
  name: 'auditCheckpoint',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'checkpoint#{place}'],
  attributes: {
    /** The size, as formatted in its key. */
    place: text(),
    size: number(),
    number: number(),
    note: text(),
  },
});

/** An audit log's newest checkpoint, and how far earlier ones are anchored. */
export const NewestCheckpointItem = item({
  name: 'auditNewestCheckpoint',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'checkpoint'],
  attributes: {
    size: number(),
    /** Base64. */
    root: text(),
    number: number(),
    /** ISO 8601 UTC. */
    time: text(),
    note: text(),
    /** The verifier key in C2SP format. */
    key: text(),
    /** The size of the last checkpoint anchored in the locked bucket; 0 if none. */
    anchored: number(),
  },
});

/** What a round commits to. */
export interface RoundLeaf {
  /** The number of organizations. */
  readonly count: number;
  /** Root of the tree over their newest checkpoints, sorted by id; base64. */
  readonly root: string;
  readonly round: number;
  readonly shard: number;
  /** ISO 8601 UTC. */
  readonly time: string;
}

/**
 * A round: the platform's commitment to the newest checkpoints of all organizations of a shard. It is a
 * leaf of the platform's tree of rounds, with the proof that it is that tree's last leaf.
 */
export const RoundItem = item({
  name: 'auditRound',
  exported: 'as trail',
  key: ['{organizationId}#audit-rounds', 'round#{place}'],
  isPlatforms: true,
  attributes: {
    /** The round's number, as formatted in its key. */
    place: text(),
    leaf: value<RoundLeaf>(),
    /** Base64. */
    proof: value<readonly string[]>(),
    /** The signed checkpoint of the tree of rounds; absent while the key is unavailable. */
    note: optional(text()),
  },
});

/** The tree of rounds: its right edge, and the newest checkpoint, which publishes the key. */
export const RoundsHeadItem = item({
  name: 'auditRoundsHead',
  exported: 'as trail',
  key: ['{organizationId}#audit-rounds', 'head'],
  isPlatforms: true,
  attributes: {
    size: number(),
    frontier: value<Uint8Array>(),
    note: optional(text()),
    key: optional(text()),
  },
});

/** The newest round of a shard. */
export const NewestRoundItem = item({
  name: 'auditNewestRound',
  exported: 'as trail',
  key: ['{organizationId}#audit-rounds', 'shard#{shard}'],
  isPlatforms: true,
  attributes: { shard: text(), place: text() },
});

/** An organization's proof that a round contains its checkpoint, as a line of its proof files. */
export const OwnRoundItem = item({
  name: 'auditOwnRound',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'round'],
  attributes: { line: text() },
});
