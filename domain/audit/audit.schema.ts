import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { ApprovalId, OrganizationId, SupportAccessId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { givenMoment, timestamp } from '../time.schema.ts';

const image = z.record(z.string(), z.unknown());

/** An audit entry. `details.changed` names the fields that differ between `before` and `after`. */
export const AuditEntry = z.object({
  id: z.string(),
  organizationId: OrganizationId,
  /** Clerk user id, `system:<function>` or `unattributed`. */
  userId: z.string(),
  /** The actor's name at that time, which stays known after they have left. Functions have none. */
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
  /** The names at that time of people, teams and KPIs that the entry refers to by id, if known. */
  names: z.optional(z.record(z.string(), z.string())),
  /** The entry that this change undoes. */
  undoes: z.optional(z.object({ id: z.string(), timestamp })),
  /** The support access through which a super admin did it. */
  supportAccess: z.optional(z.string()),
  schemaVersion: z.literal(1),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** An entry as shown to users: with the actor's name and the changes per field, without bookkeeping. */
export const ShownAuditEntry = z.extend(AuditEntry, {
  /** The actor's name at that time; null for functions and if unknown. */
  actorName: z.nullable(z.string()),
  /**
   * `before` is absent if there was no value, `after` if it was removed; `field` is a path such as
   * `contactPerson.email`.
   */
  changes: z.array(
    z.object({ field: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) }),
  ),
});
export type ShownAuditEntry = z.infer<typeof ShownAuditEntry>;

/**
 * An entry in the platform's feed, with its organization's current name: null for the platform and for
 * deleted organizations.
 */
export const FeedAuditEntry = z.extend(ShownAuditEntry, {
  organizationName: z.nullable(z.string()),
  /** Whether names and content are withheld, because viewing them requires support access. */
  isWithheld: z.optional(z.literal(true)),
});
export type FeedAuditEntry = z.infer<typeof FeedAuditEntry>;

const short = (pattern: RegExp, reason: 'not_an_actor' | 'not_an_action' | 'not_a_resource' | 'not_about') =>
  z.optional(z.string().check(z.maxLength(200), z.regex(pattern, orElse(reason))));

const filters = {
  /** The actor, or the impersonator: a user id, `system:<function>` or `unattributed`. */
  actor: short(/^[\w:-]+$/, 'not_an_actor'),
  /** One action (`user.removed`), or all of a noun (`user.`). */
  action: short(/^[\w-]+\.[\w-]*$/, 'not_an_action'),
  /** One resource (`user/user_1`); with a trailing `/` or `#`, all with that prefix (`user/`). */
  resource: short(/^[\w-]+\/[^\s]*$/, 'not_a_resource'),
  /** A team, KPI or person (`team/team_…`): entries about it and what belongs to it. */
  about: short(/^(?:team|kpi|user)\/\w+$/, 'not_about'),
  /** A support access (`sup_…`): what was viewed and done through it. */
  supportAccess: z.optional(SupportAccessId),
  from: z.optional(givenMoment('T00:00:00.000Z')),
  to: z.optional(givenMoment('T23:59:59.999Z')),
};

/** A filter of entries. Times are ISO 8601 UTC with milliseconds, inclusive. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly about?: string | undefined;
  readonly supportAccess?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const fromBeforeTo = z.refine<AuditFilter>(
  ({ from, to }) => from === undefined || to === undefined || from <= to,
  { path: ['to'], ...orElse('before_from') },
);

export const AuditListQuery = z.extend(pageQuery, filters).check(fromBeforeTo);

const exportParts = {
  format: z.enum(['csv', 'jsonl', 'proof']),
  cursor: z.optional(z.string().check(z.maxLength(2048))),
  ...filters,
};

const filterNames = ['actor', 'action', 'resource', 'about', 'supportAccess', 'from', 'to'] as const;
const isFiltered = (query: AuditFilter): boolean => filterNames.some((name) => query[name] !== undefined);

/** A proof file contains the whole log: a gap caused by a filter couldn't be told apart from tampering. */
const proofIsWhole = z.refine<AuditFilter & { readonly format: string }>(
  (query) => query.format !== 'proof' || !isFiltered(query),
  { path: ['format'], ...orElse('proof_is_whole') },
);

/** The format of an export and its position. Its parts, concatenated, are one file. */
export const AuditExportQuery = z.strictObject(exportParts).check(fromBeforeTo, proofIsWhole);

const ofOrganization = { organizationId: z.optional(OrganizationId) };

/** The super admin's feed; by default it goes back 30 days. */
export const AuditFeedQuery = z.extend(pageQuery, { ...filters, ...ofOrganization }).check(fromBeforeTo);

/** Each organization has a tree of its own, so a feed of all of them has no proof. */
const feedExportParts = { ...exportParts, format: z.enum(['csv', 'jsonl']) };

/**
 * An export of the feed. Without an organization it has to be approved (`approvalId`) and must match the
 * approval exactly, including `from` and `to`.
 */
export const AuditFeedExportQuery = z
  .strictObject({ ...feedExportParts, ...ofOrganization, approvalId: z.optional(ApprovalId) })
  .check(fromBeforeTo);
export type AuditFeedExportQuery = z.infer<typeof AuditFeedExportQuery>;

const { cursor: _, from, to, ...exactly } = feedExportParts;

/** An approved export of all organizations' entries, with a fixed period, so that it is reproducible. */
export const AuditFeedExport = z
  .strictObject({ ...exactly, from: z.nonoptional(from), to: z.nonoptional(to) })
  .check(fromBeforeTo);
export type AuditFeedExport = z.infer<typeof AuditFeedExport>;

/**
 * One page. With a filter, a request examines at most 3,000 entries, so a page may be short or even empty
 * without being the last. `nextCursor` is null on the last page.
 */
export const AuditPage = z.extend(page(ShownAuditEntry), {
  /**
   * Current names of people, teams and KPIs that the page's entries refer to by id; null if deleted, absent
   * if not looked up.
   */
  names: z.optional(z.record(z.string(), z.nullable(z.string()))),
});

/** One page of the super admin's feed. */
export const AuditFeedPage = page(FeedAuditEntry);
