import { decodeTime, encodeTime, ulid } from 'ulid';
import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';

/**
 * The tenant boundary: `platform` (Aligno itself) or `org_` + ULID (Crockford base32, 26 characters). The
 * pattern excludes `#`, because every partition key is `<organizationId>#…` and IAM matches on that prefix.
 */
export const OrganizationId = z
  .string()
  .check(z.regex(/^(?:platform|org_[0-9A-HJKMNP-TV-Z]{26})$/, orElse('not_an_organization_id')))
  .brand<'OrganizationId'>();
export type OrganizationId = z.infer<typeof OrganizationId>;

/** The organization of the super admins, whose partitions contain what belongs to no customer. */
export const PLATFORM: OrganizationId = OrganizationId.parse('platform');

/**
 * Two organizations without users: the canary tries to reach one from the other. They have no profile and
 * no directory row, so that no list, figure or bill contains them; generated ids never equal them.
 */
export const PROBES = [
  OrganizationId.parse('org_0000000000000000000CANARYA'),
  OrganizationId.parse('org_0000000000000000000CANARYB'),
] as const;

/** A Clerk user id: the `sub` of a session token. Case-sensitive. */
export const UserId = z
  .string()
  .check(z.regex(/^user_[0-9A-Za-z_]{1,64}$/, orElse('not_a_user_id')))
  .brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

/** The pseudonym of an erased person, anywhere in a string. */
export const erasedPerson = /\buser_erased_[0-9a-z]{16}\b/;

/** The ids of a noun: its prefix, `_` and a ULID. */
export const prefixedUlid = <const Name extends string>(prefix: string, thing: string, _brand: Name) =>
  z
    .string()
    .check(z.regex(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`), orElse('not_an_id', { thing })))
    .brand<Name>();

/** `inv_` + ULID. */
export const InvitationId = prefixedUlid('inv', 'an invitation', 'InvitationId');
export type InvitationId = z.infer<typeof InvitationId>;

/** `team_` + ULID. */
export const TeamId = prefixedUlid('team', 'a team', 'TeamId');
export type TeamId = z.infer<typeof TeamId>;

/** `kpi_` + ULID. */
export const KpiId = prefixedUlid('kpi', 'a KPI', 'KpiId');
export type KpiId = z.infer<typeof KpiId>;

/** `sup_` + ULID. */
export const SupportAccessId = prefixedUlid('sup', 'a support access', 'SupportAccessId');
export type SupportAccessId = z.infer<typeof SupportAccessId>;

/**
 * `chk_` + ULID with the time that the value is for; its next 48 bits are the creation time. Check-ins of a
 * KPI sort by both, and the greatest one is the current value.
 */
export const CheckInId = z
  .string()
  .check(z.regex(/^chk_[0-7][0-9A-HJKMNP-TV-Z]{25}$/, orElse('not_a_check_in_id')))
  .brand<'CheckInId'>();
export type CheckInId = z.infer<typeof CheckInId>;

/** `apr_` + ULID. */
export const ApprovalId = prefixedUlid('apr', 'an approval', 'ApprovalId');
export type ApprovalId = z.infer<typeof ApprovalId>;

/** Ids contain their creation time, so that they sort by it. */
export const newOrganizationId = (now: Date): OrganizationId =>
  OrganizationId.parse(`org_${ulid(now.getTime())}`);
export const newInvitationId = (now: Date): InvitationId => InvitationId.parse(`inv_${ulid(now.getTime())}`);
export const newTeamId = (now: Date): TeamId => TeamId.parse(`team_${ulid(now.getTime())}`);
export const newKpiId = (now: Date): KpiId => KpiId.parse(`kpi_${ulid(now.getTime())}`);
export const newSupportAccessId = (now: Date): SupportAccessId =>
  SupportAccessId.parse(`sup_${ulid(now.getTime())}`);
export const newApprovalId = (now: Date): ApprovalId => ApprovalId.parse(`apr_${ulid(now.getTime())}`);
/** An id before every approval created from that time on. */
export const firstApprovalIdAt = (at: Date): ApprovalId =>
  ApprovalId.parse(`apr_${encodeTime(at.getTime())}${'0'.repeat(16)}`);
export const newCheckInId = (at: Date, now: Date): CheckInId =>
  CheckInId.parse(
    `chk_${encodeTime(at.getTime())}${encodeTime(now.getTime())}${ulid(now.getTime()).slice(-6)}`,
  );

/**
 * The id of a check-in from a list. It is the same for the same time, so that repeating a list adds
 * nothing; a manual check-in for that time takes precedence.
 */
export const listedCheckInId = (at: Date): CheckInId =>
  CheckInId.parse(`chk_${encodeTime(at.getTime()).repeat(2)}000CSV`);

/** The time that a check-in's value is for, from its id. */
export const timeOfCheckIn = (id: CheckInId): Date => new Date(decodeTime(id.slice('chk_'.length)));
