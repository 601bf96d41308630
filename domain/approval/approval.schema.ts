import * as z from 'zod/mini';
import { Factor } from '../access/step-up.ts';
import { ApprovalId, UserId } from '../ids.ts';
import { pageQuery } from '../page.schema.ts';
import { paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';
import { ApprovalKind, approvalInputs } from './kinds.schema.ts';

/**
 * `waiting` for a second super admin, or for the waiting time of one who is alone; `approved`, to be carried
 * out; then one of the ends.
 */
export const ApprovalStatus = z.enum([
  'waiting',
  'approved',
  'carried_out',
  'refused',
  'withdrawn',
  'voided',
  'expired',
]);
export type ApprovalStatus = z.infer<typeof ApprovalStatus>;

/** Why a request counts for nothing any more. */
export const VoidReason = z.enum([
  /** What it is about has changed. */
  'changed',
  /** It isn't what was asked for: what is stored was tampered with. */
  'another_input',
  'requester_gone',
  'approver_gone',
  /** The person belongs to an organization, and nobody belongs to two. */
  'member_elsewhere',
  'already_super_admin',
  /** The letter to the person can't be sent. */
  'undeliverable',
]);
export type VoidReason = z.infer<typeof VoidReason>;

/** Who asked or approved, and with which factor they had just proved who they are. */
export const Confirmation = z.object({
  userId: UserId,
  name: z.string(),
  factor: Factor,
  at: timestamp,
});
export type Confirmation = z.infer<typeof Confirmation>;

/** A request for something that takes two super admins. */
export const Approval = z.object({
  id: ApprovalId,
  kind: ApprovalKind,
  /** What exactly is asked for. */
  input: z.record(z.string(), z.unknown()),
  /** The revision of each thing that it is about, when it was asked for. */
  touches: z.record(z.string(), z.int()),
  /** SHA-256 of kind, input and revisions as canonical JSON (RFC 8785): what is approved. */
  hash: z.string(),
  reason: z.string(),
  status: ApprovalStatus,
  requestedBy: Confirmation,
  /** Until when it can be approved, and once it is, carried out. */
  openUntil: timestamp,
  /** Of a super admin who is alone: from when it can be carried out without a second one. */
  waitsUntil: z.optional(timestamp),
  approvedBy: z.optional(Confirmation),
  /** Who ended it without carrying it out, and why. A function is `system:approvals`. */
  endedBy: z.optional(UpdatedBy),
  endReason: z.optional(z.string()),
  endedAt: z.optional(timestamp),
  carriedOutAt: z.optional(timestamp),
  /** Whom it made a super admin. */
  outcome: z.optional(z.object({ userId: UserId })),
  /**
   * `invited`: the person has no account yet and got a letter. `linking`: the sign-in service isn't told yet.
   */
  progress: z.optional(z.enum(['invited', 'linking'])),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Approval = z.infer<typeof Approval>;

const reason = paragraph(500);
const asked = <const Kind extends ApprovalKind>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), input: approvalInputs[kind], reason });

export const NewSuperAdmin = asked('super-admin.create');
export const NewFeedExport = asked('audit-feed.export');
export const NewSupportExtension = asked('support-access.extend');
export const NewDataRemoval = asked('organization.remove-data');

/** A request as it is sent. */
export const NewApproval = z.discriminatedUnion('kind', [
  NewSuperAdmin,
  NewFeedExport,
  NewSupportExtension,
  NewDataRemoval,
]);
export type NewApproval = z.infer<typeof NewApproval>;

/** The hash is that of the request as it was shown: nobody approves what they haven't seen. */
export const GivenApproval = z.strictObject({ hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)) });
export const RefusedApproval = z.strictObject({ reason });

export const approvalParams = z.strictObject({ approvalId: ApprovalId });

/** `open`: those that wait or are approved. */
export const ApprovalListQuery = z.extend(pageQuery, { state: z.optional(z.enum(['open', 'ended'])) });
export const ApprovalPage = z.object({ items: z.array(Approval), nextCursor: z.nullable(z.string()) });
