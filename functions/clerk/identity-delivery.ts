import * as z from 'zod/mini';
import { InvitationId, OrganizationId, UserId } from '../../domain/ids.ts';

/**
 * What of a person the gateway has seen at Clerk and gives to the function that takes Clerk's webhooks, as if
 * it had come by one. Only who may invoke that function can say so: no request from outside has this shape.
 */
export const IdentityDelivery = z.strictObject({
  identity: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('state'),
      userId: UserId,
      name: z.optional(z.string()),
      email: z.optional(z.string()),
      twoFactor: z.optional(z.boolean()),
      clerkTime: z.number(),
      organizationId: z.optional(OrganizationId),
      invitationId: z.optional(InvitationId),
      revision: z.optional(z.int()),
    }),
    z.object({
      kind: z.literal('deleted'),
      userId: UserId,
      organizationId: z.optional(OrganizationId),
      revision: z.optional(z.int()),
    }),
  ]),
});
export type IdentityDelivery = z.infer<typeof IdentityDelivery>;

/** What became of it: `moved` when the table's side isn't as it was compared. */
export const DeliveryAnswer = z.object({
  outcome: z.enum([
    ...(['followed', 'unchanged', 'outdated', 'moved', 'address_taken'] as const),
    ...(['removed', 'left_without_admin', 'not_a_member'] as const),
  ]),
});
export type DeliveryAnswer = z.infer<typeof DeliveryAnswer>;
