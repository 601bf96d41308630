import * as z from 'zod/mini';
import { InvitationId, OrganizationId, UserId } from '../ids.ts';
import { pageLimit } from '../page.schema.ts';
import { timestamp } from '../time.schema.ts';

/**
 * What is compared, in order: Clerk's users with the table, the table's members with Clerk, and Clerk's
 * open invitations with the table's.
 */
export const driftSweeps = ['people', 'members', 'letters'] as const;
export const DriftSweep = z.enum(driftSweeps);
export type DriftSweep = z.infer<typeof DriftSweep>;

/**
 * Kinds of differences. `details`: name, address or second factor. `joining`: a user has accepted an
 * invitation but isn't a member. `organization`: Clerk names another one than the table. `account`: a
 * member's account was deleted. `letter`: an open invitation at Clerk whose own has ended.
 */
const DriftKind = z.enum(['details', 'joining', 'organization', 'account', 'letter']);

export const driftDetails = ['name', 'email', 'twoFactor'] as const;

/** Clerk's ids of users and invitations. */
const providerId = z.string().check(z.regex(/^[\w-]{1,100}$/));

/** A difference, by ids only, with the compared versions of both sides. */
export const Difference = z.object({
  kind: DriftKind,
  /** Clerk's id of the user or invitation. */
  of: z.union([UserId, providerId]),
  organizationId: z.optional(OrganizationId),
  invitationId: z.optional(InvitationId),
  /** The details that differ. */
  details: z.optional(z.array(z.enum(driftDetails))),
  /** Clerk's `updated_at`, ms since the epoch; absent if Clerk has nothing. */
  clerkTime: z.optional(z.int()),
  /** The revision of the table's item; absent if the table has none. */
  revision: z.optional(z.int()),
});
export type Difference = z.infer<typeof Difference>;

/**
 * The outcome of a repair. `moved`: it changed before it could be repaired; the next run compares it again.
 */
export const DriftResult = z.enum(['repaired', 'moved', 'needs_person']);
export type DriftResult = z.infer<typeof DriftResult>;
/** The same, or `found` in a dry run. */
export const DriftOutcome = z.enum(['found', ...DriftResult.options]);
export type DriftOutcome = z.infer<typeof DriftOutcome>;

/** Why a person has to handle it. */
export const DriftReason = z.enum(['address_taken', 'left_without_admin', 'not_settled']);
export type DriftReason = z.infer<typeof DriftReason>;

/** A difference in the report. */
export const DriftEntry = z.extend(Difference, {
  outcome: DriftOutcome,
  reason: z.optional(DriftReason),
  at: timestamp,
});
export type DriftEntry = z.infer<typeof DriftEntry>;

const count = z.int();

/** One run of the drift check, with its report. */
export const DriftRun = z.object({
  /** When it started; identifies the run. */
  startedAt: timestamp,
  dryRun: z.boolean(),
  /**
   * `running` while a function works on it; `waiting` if Clerk was unavailable or time was up: the next
   * hourly start continues.
   */
  status: z.enum(['running', 'waiting', 'done']),
  /** Who started it; absent for the schedule. */
  requestedBy: z.optional(UserId),
  /** How often it was started or resumed. */
  attempts: count,
  /** How often Clerk was unavailable and a request was retried. */
  waits: count,
  compared: z.object({ people: count, members: count, letters: count }),
  counts: z.object({ found: count, repaired: count, moved: count, needs_person: count }),
  /** The first differences; `counts` covers all. */
  entries: z.array(DriftEntry),
  finishedAt: z.optional(timestamp),
});
export type DriftRun = z.infer<typeof DriftRun>;

export const DriftRunQuery = z.strictObject({ limit: pageLimit });
/** The latest runs, with the current names of the organizations in their entries. */
export const DriftRunList = z.object({
  items: z.array(DriftRun),
  organizations: z.record(z.string(), z.string()),
});
export type DriftRunList = z.infer<typeof DriftRunList>;
export const DriftRunRequest = z.strictObject({ dryRun: z.boolean() });
export const RequestedDriftRun = z.object({ dryRun: z.boolean(), requestedAt: timestamp });
