import * as z from 'zod/mini';
import { OrganizationId, UserId } from '../ids.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

/** The export of what an organization stores about one person, as one file. */
export const PersonExport = z.object({
  userId: UserId,
  /** `waiting` for its run; `running`; `ready` for download; `expired`. */
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

/** The erasure of a person's identifying data: its requester and its progress. */
export const Erasure = z.object({
  /** The pseudonym that replaces them everywhere. */
  pseudonym: UserId,
  /**
   * `asked` by the person themself, who has to be removed first; `waiting` for another admin; `running`;
   * `done`; `withdrawn`.
   */
  status: z.enum(['asked', 'waiting', 'running', 'done', 'withdrawn']),
  requestedAt: timestamp,
  requestedBy: UpdatedBy,
  /** From when the requesting admin can continue alone, if there is no other admin. */
  aloneFrom: z.optional(timestamp),
  /** The number of audit log entries and other items that they were erased from, once finished. */
  entries: z.optional(z.int()),
  items: z.optional(z.int()),
  completedAt: z.optional(timestamp),
  revision: z.int(),
});
export type Erasure = z.infer<typeof Erasure>;

export const personDataParams = z.strictObject({ organizationId: OrganizationId, userId: UserId });
