import * as z from 'zod/mini';
import { queryNumber } from '../../page.schema.ts';
import { givenMoment } from '../../time.schema.ts';
import { AuditEntry } from '../audit.schema.ts';

const hash = z.string();

/** An audit log's newest checkpoint: how many entries it covers, and the signed note. */
export const LatestCheckpoint = z.object({
  /** Null before the first one. */
  checkpoint: z.nullable(
    z.object({
      size: z.number(),
      /** Base64. */
      root: hash,
      number: z.number(),
      time: z.string(),
      /** C2SP tlog-checkpoint. */
      note: z.string(),
      /** The verifier key named by the note. */
      key: z.string(),
      /** Whether it is anchored in the locked bucket. */
      isAnchored: z.boolean(),
    }),
  ),
  /**
   * The proof that the log is an extension of its state at size `from` (RFC 6962, 2.1.2), if requested and
   * `from` isn't larger than the log.
   */
  consistency: z.nullable(z.object({ from: z.number(), proof: z.array(hash) })),
});
export type LatestCheckpoint = z.infer<typeof LatestCheckpoint>;

export const LatestCheckpointQuery = z.strictObject({
  /** The size of a checkpoint seen earlier. */
  from: z.optional(queryNumber(1, Number.MAX_SAFE_INTEGER)),
});

/** Identifies the receipt's entry, as in the list of entries. */
export const ReceiptQuery = z.strictObject({
  entryId: z.string().check(z.minLength(1), z.maxLength(200)),
  timestamp: givenMoment('T00:00:00.000Z'),
});

/** One entry with its inclusion proof. The file can be verified on its own. */
export const Receipt = z.object({
  'audit-receipt': z.literal(1),
  checkpoint: z.string(),
  entry: AuditEntry,
  key: z.string(),
  leaf: z.record(z.string(), z.unknown()),
  proof: z.array(hash),
});
export type Receipt = z.infer<typeof Receipt>;

export const CheckpointRequested = z.object({ requestedAt: z.string() });

/** The key that signs checkpoints, published for anyone. */
export const PublishedKey = z.object({
  /** Null before the first checkpoint. */
  key: z.nullable(z.string()),
  /** The newest checkpoint of the platform's rounds. */
  rounds: z.nullable(z.string()),
});
