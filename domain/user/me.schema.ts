import * as z from 'zod/mini';
import { OrganizationSummary } from '../organization/organization.schema.ts';
import { User } from './profile.schema.ts';

/** One CASL rule as JSON, so that the web app decides by the rules the server decides by. */
export const AccessRule = z.object({
  action: z.union([z.string(), z.array(z.string())]),
  subject: z.union([z.string(), z.array(z.string())]),
  fields: z.optional(z.union([z.string(), z.array(z.string())])),
  conditions: z.optional(z.unknown()),
  inverted: z.optional(z.boolean()),
});

/** Why a signed-in person may not work in an organization: what the page after sign-in explains. */
export const PendingReason = z.enum([
  'not_invited',
  'invitation_expired',
  'invitation_revoked',
  'invitation_used',
  'invitation_for_another_address',
  /** The organization doesn't take addresses of this domain any more. */
  'address_not_allowed',
  /** Whoever invited them may not invite anybody like this any more. */
  'inviter_not_allowed',
  'member_elsewhere',
  'deactivated',
]);
export type PendingReason = z.infer<typeof PendingReason>;

/** A caller whom an organization, or the platform, has as an active member. */
export const ActiveMe = z.object({
  status: z.literal('active'),
  user: User,
  organization: OrganizationSummary,
  rules: z.array(AccessRule),
  landingPath: z.string(),
});

/** A caller who is signed in, but whom no organization has as an active member, for the reason given. */
export const PendingMe = z.object({
  status: z.literal('pending'),
  userId: z.string(),
  reason: PendingReason,
  landingPath: z.string(),
});

/** Who the caller is. `landingPath` is where the web app goes after sign-in. */
export const Me = z.discriminatedUnion('status', [ActiveMe, PendingMe]);
export type Me = z.infer<typeof Me>;
