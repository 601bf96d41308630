import * as z from 'zod/mini';
import { Difference, DriftReason, DriftResult, DriftSweep } from '../../domain/drift/drift.schema.ts';
import { ApprovalId, InvitationId, OrganizationId, UserId } from '../../domain/ids.ts';

/**
 * All requests to the only function that has Clerk's secret key. A request only refers to items in the
 * table; recipients and memberships are read there by the gateway itself. `is-member` is for functions that
 * can't open the organization, and doesn't call Clerk. `compare` and `repair` only return ids, never names
 * or email addresses.
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
  z.strictObject({
    ask: z.literal('compare'),
    sweep: DriftSweep,
    after: z.optional(z.string().check(z.maxLength(200))),
  }),
  z.strictObject({ ask: z.literal('repair'), difference: Difference }),
]);
export type GatewayRequest = z.infer<typeof GatewayRequest>;

/** The gateway's response. `unavailable`: Clerk is unreachable or throttling. */
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
  z.object({
    outcome: z.literal('compared'),
    compared: z.int(),
    differences: z.array(Difference),
    next: z.nullable(z.string()),
  }),
  z.object({
    outcome: z.literal('mended'),
    result: DriftResult,
    reason: z.optional(DriftReason),
  }),
]);
export type GatewayAnswer = z.infer<typeof GatewayAnswer>;
