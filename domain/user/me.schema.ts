import * as z from 'zod/mini';
import { OrganizationSummary } from '../organization/organization.schema.ts';
import { User } from './profile.schema.ts';

/** One CASL rule as JSON, so that the web app applies the server's rules. */
export const AccessRule = z.object({
  action: z.union([z.string(), z.array(z.string())]),
  subject: z.union([z.string(), z.array(z.string())]),
  fields: z.optional(z.union([z.string(), z.array(z.string())])),
  conditions: z.optional(z.unknown()),
  inverted: z.optional(z.boolean()),
});

/** Why a signed-in user can't work in an organization, for the page after sign-in. */
export const PendingReason = z.enum([
  'not_invited',
  'invitation_expired',
  'invitation_revoked',
  'invitation_used',
  'invitation_for_another_address',
  /** The organization no longer accepts addresses of this domain. */
  'address_not_allowed',
  /** The inviter may no longer invite anyone like this. */
  'inviter_not_allowed',
  'member_elsewhere',
  'deactivated',
]);
export type PendingReason = z.infer<typeof PendingReason>;

/** A caller who is an active member of an organization or of the platform. */
export const ActiveMe = z.object({
  status: z.literal('active'),
  user: User,
  organization: OrganizationSummary,
  rules: z.array(AccessRule),
  landingPath: z.string(),
});

/** A signed-in caller who isn't an active member anywhere, with the reason. */
export const PendingMe = z.object({
  status: z.literal('pending'),
  userId: z.string(),
  reason: PendingReason,
  landingPath: z.string(),
});

/** The caller. `landingPath` is where the web app goes after sign-in. */
export const Me = z.discriminatedUnion('status', [ActiveMe, PendingMe]);
export type Me = z.infer<typeof Me>;
