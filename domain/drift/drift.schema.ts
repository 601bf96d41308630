import * as z from 'zod/mini';
import { InvitationId, OrganizationId, UserId } from '../ids.ts';
import { pageLimit } from '../page.schema.ts';
import { timestamp } from '../time.schema.ts';

/**
 * What is compared, in this order: Clerk's users with the table, the table's members with Clerk, and the
 * letters that Clerk holds open with the table's invitations.
 */
export const driftSweeps = ['people', 'members', 'letters'] as const;
export const DriftSweep = z.enum(driftSweeps);
export type DriftSweep = z.infer<typeof DriftSweep>;

/**
 * How the table and Clerk can differ. `details`: name, address or second factor. `joining`: somebody has
 * accepted an invitation and is no member. `organization`: Clerk names another one than the table.
 * `account`: a member's account is gone. `letter`: a letter works whose invitation is over.
 */
const DriftKind = z.enum(['details', 'joining', 'organization', 'account', 'letter']);

export const driftDetails = ['name', 'email', 'twoFactor'] as const;

/** Clerk's ids of users and invitations. */
const providerId = z.string().check(z.regex(/^[\w-]{1,100}$/));

/** A difference, by ids alone, with the versions of both sides that were compared. */
export const Difference = z.object({
  kind: DriftKind,
  /** Clerk's id of the user, or of the invitation. */
  of: z.union([UserId, providerId]),
  organizationId: z.optional(OrganizationId),
  invitationId: z.optional(InvitationId),
  /** In which details. */
  details: z.optional(z.array(z.enum(driftDetails))),
  /** Clerk's `updated_at`, ms since the epoch; absent where Clerk has nothing. */
  clerkTime: z.optional(z.int()),
  /** The revision of the table's item; absent where the table has none. */
  revision: z.optional(z.int()),
});
export type Difference = z.infer<typeof Difference>;

/**
 * What became of a difference that was to be repaired. `moved`: it changed before it could be, and the next
 * run compares it anew.
 */
export const DriftResult = z.enum(['repaired', 'moved', 'needs_person']);
export type DriftResult = z.infer<typeof DriftResult>;
/** The same, or `found`: nothing was done, it was a dry run. */
export const DriftOutcome = z.enum(['found', ...DriftResult.options]);
export type DriftOutcome = z.infer<typeof DriftOutcome>;

/** Why a person has to see to it. */
export const DriftReason = z.enum(['address_taken', 'left_without_admin', 'not_settled']);
export type DriftReason = z.infer<typeof DriftReason>;

/** A difference as the report has it. */
export const DriftEntry = z.extend(Difference, {
  outcome: DriftOutcome,
  reason: z.optional(DriftReason),
  at: timestamp,
});
export type DriftEntry = z.infer<typeof DriftEntry>;

const count = z.int();

/** One run of the comparison, and its report. */
export const DriftRun = z.object({
  /** When it began, which names it. */
  startedAt: timestamp,
  dryRun: z.boolean(),
  /**
   * `running` while a function works on it; `waiting` when Clerk couldn't be asked or the time was up: the
   * next hourly start goes on where it was.
   */
  status: z.enum(['running', 'waiting', 'done']),
  /** Who started it; absent for the schedule. */
  requestedBy: z.optional(UserId),
  /** How often it was begun or resumed. */
  attempts: count,
  /** How often Clerk had no time for a question and it was asked again. */
  waits: count,
  compared: z.object({ people: count, members: count, letters: count }),
  counts: z.object({ found: count, repaired: count, moved: count, needs_person: count }),
  /** The first differences; `counts` has all. */
  entries: z.array(DriftEntry),
  finishedAt: z.optional(timestamp),
});
export type DriftRun = z.infer<typeof DriftRun>;

export const DriftRunQuery = z.strictObject({ limit: pageLimit });
/** The latest runs, with the present names of the organizations that their entries are about. */
export const DriftRunList = z.object({
  items: z.array(DriftRun),
  organizations: z.record(z.string(), z.string()),
});
export type DriftRunList = z.infer<typeof DriftRunList>;
export const DriftRunRequest = z.strictObject({ dryRun: z.boolean() });
export const RequestedDriftRun = z.object({ dryRun: z.boolean(), requestedAt: timestamp });
