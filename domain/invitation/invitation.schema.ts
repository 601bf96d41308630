import * as z from 'zod/mini';
import { OrganizationRole, Role, TeamRole } from '../access/roles.schema.ts';
import { orElse } from '../field-errors.ts';
import { InvitationId, TeamId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { rule } from '../rule.schema.ts';
import { emailAddress, personName } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';

/** `expired` is what the clock says, whether or not the hourly run has freed the seat and the address yet. */
const InvitationStatus = z.enum(['pending', 'accepted', 'revoked', 'expired']);

/**
 * Whether the identity provider has taken the invitation: `queued` until it has, `failed` when it refused
 * (with why).
 */
const InvitationDelivery = z.enum(['queued', 'sent', 'failed']);

export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  name: z.string(),
  role: Role,
  /** The team they join by accepting, if it is there by then, and as what. */
  teamId: z.optional(TeamId),
  teamRole: z.optional(TeamRole),
  status: InvitationStatus,
  delivery: InvitationDelivery,
  deliveryProblem: z.optional(z.string()),
  invitedBy: z.string(),
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
 * Who is invited, as what, and for how many days (14 unless said). Who is to lead a team needs a role that
 * may.
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

/** One line of many, judged on its own: what is wrong with one doesn't keep the others. */
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

/** By which reason something was said, and what stands in the places of the sentence. */
const said = {
  reason: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
};

/**
 * What became of each line, in the order given. `invited` is recorded; its `delivery` says whether it was
 * sent already.
 */
export const BulkResult = z.object({
  results: z.array(
    z.object({
      /** The line's place in what was sent, from 0. */
      index: z.int(),
      email: z.string(),
      status: z.enum(['invited', 'refused']),
      /** Why it was refused: an error code of the API, and words for a person. */
      code: z.optional(z.string()),
      message: z.optional(z.string()),
      ...said,
      /** Which parts of the line are not right, and why. */
      fields: z.optional(z.array(z.object({ path: z.string(), message: z.string(), ...said }))),
      invitation: z.optional(Invitation),
    }),
  ),
});
export type BulkResult = z.infer<typeof BulkResult>;
