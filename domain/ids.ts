import { ulid } from 'ulid';
import * as z from 'zod/mini';

/**
 * The tenant boundary. `platform` (Aligno itself) or `org_` + ULID (Crockford base32, 26 characters).
 * The pattern admits no `#`, because every partition key is `<organizationId>#…` and IAM matches on that prefix.
 */
export const OrganizationId = z
  .string()
  .check(z.regex(/^(?:platform|org_[0-9A-HJKMNP-TV-Z]{26})$/, 'must be an organization id'))
  .brand<'OrganizationId'>();
export type OrganizationId = z.infer<typeof OrganizationId>;

/** The organization whose users are the super admins, and whose partitions hold what belongs to no customer. */
export const PLATFORM: OrganizationId = OrganizationId.parse('platform');

/** A Clerk user id: the `sub` of a session token. Case-sensitive. */
export const UserId = z
  .string()
  .check(z.regex(/^user_[0-9A-Za-z_]{1,64}$/, 'must be a user id'))
  .brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

/** `inv_` + ULID. */
export const InvitationId = z
  .string()
  .check(z.regex(/^inv_[0-9A-HJKMNP-TV-Z]{26}$/, 'must be an invitation id'))
  .brand<'InvitationId'>();
export type InvitationId = z.infer<typeof InvitationId>;

/** Ids carry the time they were made at, so that they sort by it. */
export const newOrganizationId = (now: Date): OrganizationId =>
  OrganizationId.parse(`org_${ulid(now.getTime())}`);
export const newInvitationId = (now: Date): InvitationId => InvitationId.parse(`inv_${ulid(now.getTime())}`);
