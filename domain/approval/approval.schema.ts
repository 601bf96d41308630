import * as z from 'zod/mini';
import { Factor } from '../access/step-up.ts';
import { ApprovalId, UserId } from '../ids.ts';
import { pageQuery } from '../page.schema.ts';
import { paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';
import { ApprovalKind, approvalInputs } from './kinds.schema.ts';

/**
 * `waiting` for a second super admin, or for the waiting period of a sole one; `approved`, to be carried
 * out; or ended.
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

/** Why a request has become void. */
export const VoidReason = z.enum([
  /** Something it refers to has changed. */
  'changed',
  /** The stored input doesn't match its hash: it was tampered with. */
  'another_input',
  'requester_gone',
  'approver_gone',
  /** The person belongs to an organization, and no one can belong to two. */
  'member_elsewhere',
  'already_super_admin',
  /** The email to the person can't be sent. */
  'undeliverable',
]);
export type VoidReason = z.infer<typeof VoidReason>;

/** Who requested or approved, and the factor with which they had just confirmed their identity. */
export const Confirmation = z.object({
  userId: UserId,
  name: z.string(),
  factor: Factor,
  at: timestamp,
});
export type Confirmation = z.infer<typeof Confirmation>;

/** A request for an action that needs two super admins. */
export const Approval = z.object({
  id: ApprovalId,
  kind: ApprovalKind,
  /** The exact input. */
  input: z.record(z.string(), z.unknown()),
  /** The revisions of everything it refers to, at the time of the request. */
  touches: z.record(z.string(), z.int()),
  /** SHA-256 of kind, input and revisions as canonical JSON (RFC 8785); the approval is bound to it. */
  hash: z.string(),
  reason: z.string(),
  status: ApprovalStatus,
  requestedBy: Confirmation,
  /** Until when it can be approved and, once approved, carried out. */
  openUntil: timestamp,
  /** For a sole super admin: from when it can be carried out without a second one. */
  waitsUntil: z.optional(timestamp),
  approvedBy: z.optional(Confirmation),
  /** Who ended it without carrying it out, and why. A function is `system:approvals`. */
  endedBy: z.optional(UpdatedBy),
  endReason: z.optional(z.string()),
  endedAt: z.optional(timestamp),
  carriedOutAt: z.optional(timestamp),
  /** The new super admin. */
  outcome: z.optional(z.object({ userId: UserId })),
  /**
   * `invited`: the person has no account yet and was invited. `linking`: the identity provider isn't
   * informed yet.
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

/** The input of a request. */
export const NewApproval = z.discriminatedUnion('kind', [
  NewSuperAdmin,
  NewFeedExport,
  NewSupportExtension,
  NewDataRemoval,
]);
export type NewApproval = z.infer<typeof NewApproval>;

/** The hash of the request as shown: no one approves what they haven't seen. */
export const GivenApproval = z.strictObject({ hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)) });
export const RefusedApproval = z.strictObject({ reason });

export const approvalParams = z.strictObject({ approvalId: ApprovalId });

/** `open`: waiting or approved. */
export const ApprovalListQuery = z.extend(pageQuery, { state: z.optional(z.enum(['open', 'ended'])) });
export const ApprovalPage = z.object({ items: z.array(Approval), nextCursor: z.nullable(z.string()) });
