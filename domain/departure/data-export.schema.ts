import * as z from 'zod/mini';
import { timestamp } from '../time.schema.ts';

/** For how long an export can be downloaded. */
export const exportKeptDays = 7;

/** An organization's data as one file: how far it is, and until when it can be downloaded. */
export const DataExport = z.object({
  /**
   * `waiting` for what is under way since the freeze; `running`; `ready` to be downloaded; `expired`;
   * `failed`, because the organization kept changing.
   */
  status: z.enum(['waiting', 'running', 'ready', 'expired', 'failed']),
  startsAt: timestamp,
  /** Items and entries that are in the file so far. */
  items: z.int(),
  bytes: z.optional(z.int()),
  completedAt: z.optional(timestamp),
  /** Until when it can be downloaded. */
  availableUntil: z.optional(timestamp),
  revision: z.int(),
});
export type DataExport = z.infer<typeof DataExport>;

/** Where an export is fetched: from the store itself, within minutes. */
export const DataExportLink = z.object({ url: z.string(), name: z.string(), expiresAt: timestamp });
