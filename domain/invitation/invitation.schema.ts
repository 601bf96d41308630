import * as z from 'zod/mini';
import { OrganizationRole, Role, TeamRole } from '../access/roles.schema.ts';
import { dryRun, lineRefusal } from '../dry-run.schema.ts';
import { orElse } from '../field-errors.ts';
import { InvitationId, TeamId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { rule } from '../rule.schema.ts';
import { emailAddress, personName } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';

/** `expired` goes by the clock, whether or not the hourly run has freed the seat and the address yet. */
const InvitationStatus = z.enum(['pending', 'accepted', 'revoked', 'expired']);

/**
 * Whether the identity provider has accepted the invitation: `queued` until it has, `failed` when it refused,
 * with the reason.
 */
const InvitationDelivery = z.enum(['queued', 'sent', 'failed']);

export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  name: z.string(),
  role: Role,
  /** The team that they join by accepting, if it still exists then, and their role in it. */
  teamId: z.optional(TeamId),
  teamRole: z.optional(TeamRole),
  status: InvitationStatus,
  delivery: InvitationDelivery,
  deliveryProblem: z.optional(z.string()),
  invitedBy: z.string(),
  /** The name of who invited, where invitations are listed and it is known. */
  inviterName: z.optional(z.string()),
  /** The name of the team, where invitations are listed. */
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

/**
 * Who is invited, in which role, and for how many days (14 by default). The leader of a team needs a role
 * that may lead.
 */
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

export const InvitationListQuery = pageQuery;
export const InvitationPage = page(Invitation);

/** One line of many, validated on its own: an invalid line doesn't affect the others. */
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
 * The outcome of each line, in the order given. An `invited` one is recorded, and its `delivery` says whether
 * it was sent already; in a dry run it would be invited.
 */
export const BulkResult = z.object({
  /** False for a dry run. */
  applied: z.boolean(),
  /** How many seats of the plan are free, before anybody of a dry run is invited. */
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
