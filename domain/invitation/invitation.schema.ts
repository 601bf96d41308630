import * as z from 'zod/mini';
import { OrganizationRole, Role } from '../access/roles.schema.ts';
import { InvitationId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { emailAddress, line, timestamp } from '../text.schema.ts';

/** `expired` is derived from `expiresAt`, never stored: what time says needs no job to say it. */
const InvitationStatus = z.enum(['pending', 'accepted', 'revoked', 'expired']);

/** Whether the identity provider has taken the invitation: `queued` until it has, `failed` when it refused (with why). */
const InvitationDelivery = z.enum(['queued', 'sent', 'failed']);

export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  name: z.string(),
  role: Role,
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

export const NewInvitation = z.strictObject({
  email: emailAddress,
  name: line(120),
  role: OrganizationRole,
});
export type NewInvitation = z.infer<typeof NewInvitation>;

export const InvitationListQuery = pageQuery;
export const InvitationPage = page(Invitation);
