import * as z from 'zod/mini';
import { AuditFeedExport } from '../audit/audit.schema.ts';
import { orElse } from '../field-errors.ts';
import { OrganizationId, SupportAccessId } from '../ids.ts';
import { emailAddress, personName } from '../text.schema.ts';

/**
 * What takes the approval of a second super admin, and what exactly each is about. Whoever carries one out
 * passes the same input, value for value.
 */
export const approvalInputs = {
  /** Somebody becomes a super admin. */
  'super-admin.create': z.strictObject({ email: emailAddress, name: personName }),
  /** The trails of all organizations leave as one file. */
  'audit-feed.export': AuditFeedExport,
  /** All that an organization has is deleted. */
  'organization.remove-data': z.strictObject({ organizationId: OrganizationId }),
  /** Support access to an organization lasts longer than it was given for. */
  'support-access.extend': z.strictObject({
    organizationId: OrganizationId,
    supportAccessId: SupportAccessId,
    /** By how much; its revision says from when on. */
    minutes: z.int(orElse('not_a_whole_number')).check(z.minimum(1), z.maximum(480)),
  }),
} as const;

const of = <const Kind extends keyof typeof approvalInputs>(kind: Kind) =>
  z.object({ kind: z.literal(kind), input: approvalInputs[kind] });

/** What is asked for, by its kind. */
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
