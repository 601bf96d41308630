import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { OrganizationId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { givenMoment, timestamp } from '../time.schema.ts';

const image = z.record(z.string(), z.unknown());

/** The seed's audit entry. `details.changed` names the fields that differ between `before` and `after`. */
export const AuditEntry = z.object({
  id: z.string(),
  organizationId: OrganizationId,
  /** Clerk user id, `system:<function>` or `unattributed`. */
  userId: z.string(),
  /** What they were called then: who has left since is known by it. Functions have none. */
  actorName: z.optional(z.string()),
  role: z.string(),
  /** `<noun>.<past-tense verb>`, such as `invitation.accepted`. */
  action: z.string(),
  /** `<noun>/<id>`. */
  resource: z.string(),
  details: z.object({
    before: z.nullable(image),
    after: z.nullable(image),
    changed: z.array(z.string()),
  }),
  timestamp,
  requestId: z.optional(z.string()),
  ip: z.optional(z.string()),
  userAgent: z.optional(z.string()),
  impersonatedBy: z.optional(z.string()),
  schemaVersion: z.literal(1),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/**
 * An entry as a person reads it: who it was by name, and what changed field by field, without the table's
 * bookkeeping.
 */
export const ShownAuditEntry = z.extend(AuditEntry, {
  /** What the actor was called then; null for functions, and where it wasn't known. */
  actorName: z.nullable(z.string()),
  /**
   * `before` is absent where there was nothing, `after` where nothing is left; `field` is a path such as
   * `contactPerson.email`.
   */
  changes: z.array(
    z.object({ field: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) }),
  ),
});
export type ShownAuditEntry = z.infer<typeof ShownAuditEntry>;

/**
 * An entry among those of other organizations: with the organization's present name; null for the platform,
 * and where none is left.
 */
export const FeedAuditEntry = z.extend(ShownAuditEntry, { organizationName: z.nullable(z.string()) });
export type FeedAuditEntry = z.infer<typeof FeedAuditEntry>;

const short = (pattern: RegExp, reason: 'not_an_actor' | 'not_an_action' | 'not_a_resource') =>
  z.optional(z.string().check(z.maxLength(200), z.regex(pattern, orElse(reason))));

const filters = {
  /** Who did it, or who acted as them: a user id, `system:<function>` or `unattributed`. */
  actor: short(/^[\w:-]+$/, 'not_an_actor'),
  /** One action (`user.removed`), or all of a noun (`user.`). */
  action: short(/^[\w-]+\.[\w-]*$/, 'not_an_action'),
  /** One thing (`user/user_1`), or all whose name goes on from a `/` or `#` at the end (`user/`). */
  resource: short(/^[\w-]+\/[^\s]*$/, 'not_a_resource'),
  from: z.optional(givenMoment('T00:00:00.000Z')),
  to: z.optional(givenMoment('T23:59:59.999Z')),
};

/** Which entries are asked for. Times are ISO 8601 UTC with milliseconds, both included. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const fromBeforeTo = z.refine<AuditFilter>(
  ({ from, to }) => from === undefined || to === undefined || from <= to,
  { path: ['to'], ...orElse('before_from') },
);

export const AuditListQuery = z.extend(pageQuery, filters).check(fromBeforeTo);

/** Which form an export takes, and from where it goes on: its parts one after the other are one file. */
export const AuditExportQuery = z
  .strictObject({
    format: z.enum(['csv', 'jsonl']),
    cursor: z.optional(z.string().check(z.maxLength(2048))),
    ...filters,
  })
  .check(fromBeforeTo);

/** The super admin's feed: without "from" it goes back 30 days. */
export const AuditFeedQuery = z
  .extend(pageQuery, { ...filters, organizationId: z.optional(OrganizationId) })
  .check(fromBeforeTo);

/**
 * One page. It may be short, or empty, without being the last: with a filter, a request looks at 3,000
 * entries at most. `nextCursor` is null on the last.
 */
export const AuditPage = page(ShownAuditEntry);

/** The same of the super admin's feed. */
export const AuditFeedPage = page(FeedAuditEntry);
