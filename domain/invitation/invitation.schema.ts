import * as z from 'zod/mini';
import { OrganizationRole, Role, TeamRole } from '../access/roles.schema.ts';
import { dryRun, lineRefusal } from '../dry-run.schema.ts';
import { orElse } from '../field-errors.ts';
import { InvitationId, TeamId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { rule } from '../rule.schema.ts';
import { emailAddress, personName } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';

/** `expired` depends on the clock, whether or not the hourly run has released seat and address yet. */
export const InvitationStatus = z.enum(['pending', 'accepted', 'revoked', 'expired']);

/**
 * Whether the identity provider has accepted the email: `queued` until it has, `failed` with the reason if
 * it refused.
 */
const InvitationDelivery = z.enum(['queued', 'sent', 'failed']);

export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  name: z.string(),
  role: Role,
  /** The team they join by accepting, if it still exists, and their role in it. */
  teamId: z.optional(TeamId),
  teamRole: z.optional(TeamRole),
  status: InvitationStatus,
  delivery: InvitationDelivery,
  deliveryProblem: z.optional(z.string()),
  invitedBy: z.string(),
  /** The inviter's name, if known; in lists only. */
  inviterName: z.optional(z.string()),
  /** The team's name; in lists only. */
  teamName: z.optional(z.string()),
  acceptedBy: z.optional(UserId),
  expiresAt: timestamp,
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Invitation = z.infer<typeof Invitation>;

const leadersMayLead = {
  if: { properties: { teamRole: { const: 'leader' } }, required: ['teamRole'] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema has this word
  then: { properties: { role: { enum: ['team_leader', 'org_admin'] } } },
};

/** Who is invited, in which role, and for how many days (default 14). A team's lead needs a suitable role. */
export const NewInvitation = z
  .strictObject({
    email: emailAddress,
    name: personName,
    role: OrganizationRole,
    teamId: z.optional(TeamId),
    teamRole: z.optional(TeamRole),
    expiresInDays: z.optional(z.int().check(z.minimum(1), z.maximum(30))),
  })
  .check(
    rule(({ teamId, teamRole }) => teamId !== undefined || teamRole === undefined, {
      ...orElse('team_missing'),
      path: ['teamRole'],
      says: { jsonSchema: { dependentRequired: { teamRole: ['teamId'] } } },
    }),
    rule(({ role, teamRole }) => teamRole !== 'leader' || role !== 'team_member', {
      ...orElse('team_member_cannot_lead'),
      path: ['teamRole'],
      says: { jsonSchema: leadersMayLead },
    }),
  );
export type NewInvitation = z.infer<typeof NewInvitation>;

export const InvitationListQuery = z.extend(pageQuery, { status: z.optional(InvitationStatus) });
export const InvitationPage = page(Invitation);

/** One line of a list, validated on its own: an invalid line doesn't affect the others. */
const InvitationLine = z.looseObject({ email: z.string().check(z.maxLength(1000)) });
export const BulkInvitation = z.strictObject({
  invitations: z
    .array(InvitationLine)
    .check(
      z.minLength(1, orElse('names_nobody')),
      z.maxLength(100, orElse('too_many_at_once', { most: 100 })),
    ),
});
export type BulkInvitation = z.infer<typeof BulkInvitation>;

export const BulkInvitationQuery = z.strictObject({ dryRun });

/**
 * The outcome of each line, in order. An `invited` one is stored, and `delivery` is whether its email was
 * sent already; in a dry run it would be invited.
 */
export const BulkResult = z.object({
  /** False for a dry run. */
  applied: z.boolean(),
  /** Free seats of the plan; in a dry run, before inviting. */
  seatsLeft: z.optional(z.int()),
  results: z.array(
    z.object({
      /** The line's index in the request, from 0. */
      index: z.int(),
      email: z.string(),
      status: z.enum(['invited', 'refused']),
      ...lineRefusal,
      invitation: z.optional(Invitation),
    }),
  ),
});
export type BulkResult = z.infer<typeof BulkResult>;
