import * as z from 'zod/mini';
import { ApprovalId, InvitationId, OrganizationId, UserId } from '../../domain/ids.ts';

/**
 * All that other functions may ask of the one function that holds Clerk's secret key. A request only names
 * what is in the table: whom a letter goes to, and where a person belongs, the gateway reads there itself.
 * `is-member` is for who can't open that organization, and asks Clerk nothing.
 */
export const GatewayRequest = z.discriminatedUnion('ask', [
  z.strictObject({
    ask: z.literal('send-letter'),
    organizationId: OrganizationId,
    invitationId: InvitationId,
  }),
  z.strictObject({
    ask: z.literal('withdraw-letter'),
    providerId: z.string().check(z.regex(/^[\w-]{1,100}$/)),
  }),
  z.strictObject({ ask: z.literal('link-person'), userId: UserId }),
  z.strictObject({ ask: z.literal('is-member'), organizationId: OrganizationId, userId: UserId }),
  z.strictObject({ ask: z.literal('find-super-admin'), approvalId: ApprovalId }),
]);
export type GatewayRequest = z.infer<typeof GatewayRequest>;

/** What the gateway answers. `unavailable`: Clerk can't be reached, or takes no more now. */
export const GatewayAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done') }),
  z.object({ outcome: z.literal('sent'), providerId: z.string() }),
  z.object({ outcome: z.literal('failed'), deliveryProblem: z.string() }),
  z.object({ outcome: z.literal('member'), isMember: z.boolean() }),
  z.object({ outcome: z.literal('unavailable') }),
  z.object({
    outcome: z.literal('found'),
    userId: UserId,
    name: z.optional(z.string()),
    twoFactor: z.boolean(),
    home: z.optional(OrganizationId),
  }),
  z.object({ outcome: z.literal('invited') }),
]);
export type GatewayAnswer = z.infer<typeof GatewayAnswer>;
