import * as z from 'zod/mini';
import {
  Approval,
  GivenApproval,
  NewApproval,
  RefusedApproval,
} from '../../domain/approval/approval.schema.ts';
import { Requested } from '../../domain/approval/kinds.schema.ts';
import { type ErrorCode, errorStatus } from '../../domain/errors.ts';
import { ApprovalId } from '../../domain/ids.ts';

/**
 * The requester: their own session token, which this function verifies itself, and where the request came
 * from.
 */
export const Asking = z.strictObject({
  token: z.string(),
  requestId: z.string(),
  ip: z.optional(z.string()),
  userAgent: z.optional(z.string()),
});
export type Asking = z.infer<typeof Asking>;

const about = { approvalId: ApprovalId };
const ofPerson = <const Ask extends string, Shape extends z.core.$ZodShape>(ask: Ask, shape: Shape) =>
  z.strictObject({ ask: z.literal(ask), asking: Asking, ...shape });

/**
 * Everything that other functions may ask of this one. A user's request carries their token; only the
 * scheduled run has none.
 */
export const ApprovalAsk = z.discriminatedUnion('ask', [
  ofPerson('request', { request: NewApproval }),
  ofPerson('approve', { ...about, ...GivenApproval.shape }),
  ofPerson('refuse', { ...about, ...RefusedApproval.shape }),
  ofPerson('withdraw', { ...about, ...RefusedApproval.shape }),
  ofPerson('carry-out', about),
  ofPerson('begin', { ...about, asked: Requested }),
  z.strictObject({ ask: z.literal('keep') }),
]);
export type ApprovalAsk = z.infer<typeof ApprovalAsk>;

const codes = Object.keys(errorStatus).filter((code): code is ErrorCode => code in errorStatus);
const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** A refusal, serialized between functions. */
const Refused = z.object({
  outcome: z.literal('refused'),
  code: z.enum(codes),
  message: z.string(),
  reason: z.optional(z.string()),
  params,
  fields: z.array(z.object({ path: z.string(), message: z.string(), reason: z.string(), params })),
});

/** The function's response. */
export const ApprovalAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), approval: Approval }),
  z.object({ outcome: z.literal('kept') }),
  Refused,
]);
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;
