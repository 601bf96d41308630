import * as z from 'zod/mini';
import { AuditFeedExport } from '../audit/audit.schema.ts';
import { orElse } from '../field-errors.ts';
import { OrganizationId, SupportAccessId } from '../ids.ts';
import { emailAddress, personName } from '../text.schema.ts';

/**
 * Actions that need a second super admin, with their input. Carrying one out requires exactly the same
 * input.
 */
export const approvalInputs = {
  /** A person becomes a super admin. */
  'super-admin.create': z.strictObject({ email: emailAddress, name: personName }),
  /** The audit logs of all organizations are exported as one file. */
  'audit-feed.export': AuditFeedExport,
  /** All data of an organization is deleted. */
  'organization.remove-data': z.strictObject({ organizationId: OrganizationId }),
  /** Support access to an organization is extended beyond its limit. */
  'support-access.extend': z.strictObject({
    organizationId: OrganizationId,
    supportAccessId: SupportAccessId,
    /** By how many minutes; the revision says from when. */
    minutes: z.int(orElse('not_a_whole_number')).check(z.minimum(1), z.maximum(480)),
  }),
} as const;

const of = <const Kind extends keyof typeof approvalInputs>(kind: Kind) =>
  z.object({ kind: z.literal(kind), input: approvalInputs[kind] });

/** An action with its input. */
export const Requested = z.discriminatedUnion('kind', [
  of('super-admin.create'),
  of('audit-feed.export'),
  of('organization.remove-data'),
  of('support-access.extend'),
]);
export type Requested = z.infer<typeof Requested>;

export const ApprovalKind = z.enum([
  'super-admin.create',
  'audit-feed.export',
  'organization.remove-data',
  'support-access.extend',
]);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

export type ApprovalInput<Kind extends ApprovalKind> = z.output<(typeof approvalInputs)[Kind]>;
