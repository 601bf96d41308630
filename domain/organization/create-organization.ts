import type { Context } from '../context.ts';
import { newOrganizationId, type OrganizationId } from '../ids.ts';
import type { Invitation } from '../invitation/invitation.schema.ts';
import { newInvitation } from '../invitation/invite.ts';
import { type InvitationSender, sendInvitation } from '../invitation/send-invitation.ts';
import { withinOrganization } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { create } from '../table/writes.ts';
import { firstRowOf } from './directory-row.ts';
import { healthOf } from './health-rules.schema.ts';
import { DirectoryRowItem } from './organization.noun.ts';
import { organizationRefusals } from './organization.refusals.ts';
import type { NewOrganization, OrganizationWithCounts } from './organization.schema.ts';
import { changeExternalId, organizationWrites } from './organization-writes.ts';
import type { Organization } from './profile.schema.ts';

// The pending invitation of the first admin takes a seat.
const firstCounts = { pendingInvitations: 1, seats: 1 };

/**
 * Creates an organization and invites its first admin in one transaction. Throws `already_exists` with the
 * field when the name or the email address is taken. An invitation that can't be sent now stays `queued`.
 * @param ctx the platform's, under the control plane's credentials
 */
export async function createOrganization(
  ctx: Context,
  input: NewOrganization,
  sender: InvitationSender,
): Promise<OrganizationWithCounts> {
  const { actor, now } = ctx;
  const scope = withinOrganization(ctx.scope, newOrganizationId(now));
  const own = { scope, actor, now };
  const admin = { ...input.firstAdmin, role: 'org_admin' as const };
  const { invitation, writes } = newInvitation(own, admin, 'firstAdmin.email');
  const organization = newProfile(scope.organizationId, input, now);
  const { lastActivityOn, stage } = firstRowOf(organization);
  await transact(scope, [
    ...changeExternalId(scope, undefined, organization.externalId),
    ...organizationWrites(own, organization, 'organization.created', firstCounts),
    ...writes,
  ]);
  await sendInvitation(own, invitation, sender);
  const counts = { users: 0, pendingInvitations: 1, teams: 0, kpis: 0 };
  const created = { ...organization, counts, admins: 0, lastActivityOn, stage };
  return { ...created, health: healthOf(created, now.toISOString().slice(0, 10)) };
}

const newProfile = (
  id: OrganizationId,
  { firstAdmin: _, allowedDomains = [], metadata = {}, ...given }: NewOrganization,
  now: Date,
): Organization => ({
  id,
  ...given,
  status: 'active',
  allowedDomains,
  metadata,
  revision: 1,
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
});

/**
 * Sets up the platform, once: its counts, and the invitation of its first super admin. Throws
 * `already_exists`.
 * @param ctx the platform's
 */
export async function createPlatform(
  ctx: Context,
  person: { readonly name: string; readonly email: string },
  sender: InvitationSender,
): Promise<Invitation> {
  const { scope } = ctx;
  const admin = { ...person, role: 'super_admin' as const };
  const { invitation, writes } = newInvitation(ctx, admin, 'email');
  await transact(scope, [
    create(scope, DirectoryRowItem, firstCounts, organizationRefusals.platform_exists),
    ...writes,
  ]);
  return await sendInvitation(ctx, invitation, sender);
}
