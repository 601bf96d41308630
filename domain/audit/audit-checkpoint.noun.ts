import { item, number, optional, text, value } from '../table/item.ts';

/** A signed statement of a trail's size and root at a time. Its formats are in docs/audit.md. */
export const CheckpointItem = item({
  name: 'auditCheckpoint',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'checkpoint#{place}'],
  attributes: {
    /** The size, as its key has it. */
    place: text(),
    size: number(),
    number: number(),
    note: text(),
  },
});

/** The newest checkpoint of a trail, and how far the earlier ones are anchored. */
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
    /** The verifier key, as C2SP writes it. */
    key: text(),
    /** The size of the last checkpoint that is in the locked bucket; 0 while none is. */
    anchored: number(),
  },
});

/** What a round commits to. */
export interface RoundLeaf {
  /** How many organizations. */
  readonly count: number;
  /** Root of the tree over their newest checkpoints, sorted by id; base64. */
  readonly root: string;
  readonly round: number;
  readonly shard: number;
  /** ISO 8601 UTC. */
  readonly time: string;
}

/**
 * A round: the platform's promise about the newest checkpoints of all organizations of a shard. It is a leaf
 * of the platform's tree of rounds, and its proof that it is the last one of that tree.
 */
export const RoundItem = item({
  name: 'auditRound',
  exported: 'as trail',
  key: ['{organizationId}#audit-rounds', 'round#{place}'],
  isPlatforms: true,
  attributes: {
    /** The number of the round, as its key has it. */
    place: text(),
    leaf: value<RoundLeaf>(),
    /** Base64. */
    proof: value<readonly string[]>(),
    /** The signed checkpoint of the tree of rounds; absent while the key can't be reached. */
    note: optional(text()),
  },
});

/** The tree of rounds: its right edge, and the newest checkpoint, by which anybody learns the key. */
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

/** An organization's proof that a round has its checkpoint, as a line of its proof files. */
export const OwnRoundItem = item({
  name: 'auditOwnRound',
  exported: 'as trail',
  key: ['{organizationId}#audit-tree', 'round'],
  attributes: { line: text() },
});
