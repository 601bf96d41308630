import * as z from 'zod/mini';
import { OrganizationId, UserId } from '../ids.ts';
import { timestamp } from '../time.schema.ts';

/** What an organization holds about one person, as one file: how far it is. */
export const PersonExport = z.object({
  userId: UserId,
  /** `waiting` for its run; `running`; `ready` to be downloaded; `expired`. */
  status: z.enum(['waiting', 'running', 'ready', 'expired']),
  requestedAt: timestamp,
  /** Items and entries that are in the file so far. */
  items: z.int(),
  bytes: z.optional(z.int()),
  completedAt: z.optional(timestamp),
  /** Until when it can be downloaded. */
  availableUntil: z.optional(timestamp),
  revision: z.int(),
});
export type PersonExport = z.infer<typeof PersonExport>;

export const personDataParams = z.strictObject({ organizationId: OrganizationId, userId: UserId });
