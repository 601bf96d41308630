import * as z from 'zod/mini';
import { InvitationId, OrganizationId, UserId } from '../../domain/ids.ts';

/**
 * A user's state at Clerk that the gateway passes to the webhooks function, as if a webhook had reported
 * it. Only callers with invoke permission can send it: no external request has this shape.
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

/** The outcome: `moved` if the table's side has changed since the comparison. */
export const DeliveryAnswer = z.object({
  outcome: z.enum([
    ...(['followed', 'unchanged', 'outdated', 'moved', 'address_taken'] as const),
    ...(['removed', 'left_without_admin', 'not_a_member'] as const),
  ]),
});
export type DeliveryAnswer = z.infer<typeof DeliveryAnswer>;
