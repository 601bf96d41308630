import * as z from 'zod/mini';
import { timestamp } from '../time.schema.ts';

/** How many days an export can be downloaded. */
export const exportKeptDays = 7;

/** An organization's data as one file: its progress, and until when it can be downloaded. */
export const DataExport = z.object({
  /**
   * `waiting` for requests that were in flight at the freeze; `running`; `ready` for download; `expired`;
   * `failed`, because the organization kept changing.
   */
  status: z.enum(['waiting', 'running', 'ready', 'expired', 'failed']),
  startsAt: timestamp,
  /** Items and entries in the file so far. */
  items: z.int(),
  bytes: z.optional(z.int()),
  completedAt: z.optional(timestamp),
  /** Until when it can be downloaded. */
  availableUntil: z.optional(timestamp),
  revision: z.int(),
});
export type DataExport = z.infer<typeof DataExport>;

/** The download URL, valid for a few minutes and served by the store itself. */
export const DataExportLink = z.object({ url: z.string(), name: z.string(), expiresAt: timestamp });
