import { decodeTime, encodeTime, ulid } from 'ulid';
import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';

/**
 * The tenant boundary. `platform` (Aligno itself) or `org_` + ULID (Crockford base32, 26 characters). The
 * pattern admits no `#`, because every partition key is `<organizationId>#…` and IAM matches on that prefix.
 */
export const OrganizationId = z
  .string()
  .check(z.regex(/^(?:platform|org_[0-9A-HJKMNP-TV-Z]{26})$/, orElse('not_an_organization_id')))
  .brand<'OrganizationId'>();
export type OrganizationId = z.infer<typeof OrganizationId>;

/**
 * The organization whose users are the super admins, and whose partitions hold what belongs to no customer.
 */
export const PLATFORM: OrganizationId = OrganizationId.parse('platform');

/**
 * Two organizations that nobody is in: the canary tries to reach one from the other. They have no profile and
 * no row in the directory, so that no list, figure or bill has them; no id that is made is one of these.
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

/** The pseudonym of a person who was erased, anywhere in a text. */
export const erasedPerson = /\buser_erased_[0-9a-z]{16}\b/;

/** Ids of a noun: its prefix, `_` and a ULID. */
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
 * `chk_` + ULID whose time is what the check-in is true for, and whose next 48 bits are when it was made:
 * check-ins of a KPI sort by both, and the one that counts is the greatest.
 */
export const CheckInId = z
  .string()
  .check(z.regex(/^chk_[0-7][0-9A-HJKMNP-TV-Z]{25}$/, orElse('not_a_check_in_id')))
  .brand<'CheckInId'>();
export type CheckInId = z.infer<typeof CheckInId>;

/** `apr_` + ULID. */
export const ApprovalId = prefixedUlid('apr', 'an approval', 'ApprovalId');
export type ApprovalId = z.infer<typeof ApprovalId>;

/** Ids carry the time they were made at, so that they sort by it. */
export const newOrganizationId = (now: Date): OrganizationId =>
  OrganizationId.parse(`org_${ulid(now.getTime())}`);
export const newInvitationId = (now: Date): InvitationId => InvitationId.parse(`inv_${ulid(now.getTime())}`);
export const newTeamId = (now: Date): TeamId => TeamId.parse(`team_${ulid(now.getTime())}`);
export const newKpiId = (now: Date): KpiId => KpiId.parse(`kpi_${ulid(now.getTime())}`);
export const newSupportAccessId = (now: Date): SupportAccessId =>
  SupportAccessId.parse(`sup_${ulid(now.getTime())}`);
export const newApprovalId = (now: Date): ApprovalId => ApprovalId.parse(`apr_${ulid(now.getTime())}`);
/** An id before every approval made from that time on. */
export const firstApprovalIdAt = (at: Date): ApprovalId =>
  ApprovalId.parse(`apr_${encodeTime(at.getTime())}${'0'.repeat(16)}`);
export const newCheckInId = (at: Date, now: Date): CheckInId =>
  CheckInId.parse(
    `chk_${encodeTime(at.getTime())}${encodeTime(now.getTime())}${ulid(now.getTime()).slice(-6)}`,
  );

/**
 * The id of a check-in that comes in a list. It is the same for the same time, so that a list which comes
 * again adds nothing; what somebody reports for that time by hand counts before it.
 */
export const listedCheckInId = (at: Date): CheckInId =>
  CheckInId.parse(`chk_${encodeTime(at.getTime()).repeat(2)}000CSV`);

/** What a check-in is true for, as its id says. */
export const timeOfCheckIn = (id: CheckInId): Date => new Date(decodeTime(id.slice('chk_'.length)));
