import * as z from 'zod/mini';
import { OrganizationId, UserId } from '../ids.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

/** What an organization holds about one person, as one file: how far it is. */
export const PersonExport = z.object({
  userId: UserId,
  /** `waiting` for its run; `running`; `ready` to be downloaded; `expired`. */
  status: z.enum(['waiting', 'running', 'ready', 'expired']),
  requestedAt: timestamp,
  /** Items and entries in the file so far. */
  items: z.int(),
  bytes: z.optional(z.int()),
  completedAt: z.optional(timestamp),
  /** Until when it can be downloaded. */
  availableUntil: z.optional(timestamp),
  revision: z.int(),
});
export type PersonExport = z.infer<typeof PersonExport>;

/** That what identifies somebody is erased: who wants it, and how far it is. */
export const Erasure = z.object({
  /** What stands for them afterwards, wherever they stood. */
  pseudonym: UserId,
  /**
   * `asked` by the person themself, who is to be removed first; `waiting` for another admin; `running`;
   * `done`; `withdrawn`.
   */
  status: z.enum(['asked', 'waiting', 'running', 'done', 'withdrawn']),
  requestedAt: timestamp,
  requestedBy: UpdatedBy,
  /** From when on the admin who asked may go on alone, where there is no other. */
  aloneFrom: z.optional(timestamp),
  /** Audit log entries and other items from which they were erased, at the end. */
  entries: z.optional(z.int()),
  items: z.optional(z.int()),
  completedAt: z.optional(timestamp),
  revision: z.int(),
});
export type Erasure = z.infer<typeof Erasure>;

export const personDataParams = z.strictObject({ organizationId: OrganizationId, userId: UserId });
