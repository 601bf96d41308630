import type { Actor } from '../actor.ts';
import { newOrganizationId, type OrganizationId } from '../ids.ts';
import { newInvitation } from '../invitation/invite.ts';
import { type InvitationSender, sendInvitation } from '../invitation/send-invitation.ts';
import { type CreationStamp, created } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { put, transact, type Write } from '../table/write.ts';
import { beginCountsWrite } from './counters.service.ts';
import { directoryName } from './directory.ts';
import { firstTermWrites } from './directory-row.service.ts';
import { firstRowOf } from './directory-row.ts';
import { NameClaimItem, OrganizationItem } from './organization.noun.ts';
import type { NewOrganization, OrganizationWithCounts } from './organization.schema.ts';
import { nameTaken } from './organization.service.ts';
import type { Organization } from './profile.schema.ts';
import { externalIdWrites } from './profile.service.ts';
import { subscriptionChangeWrite } from './subscription-history.service.ts';

/** A new organization's profile. */
const profileOf = (
  id: OrganizationId,
  { firstAdmin: _, allowedDomains = [], metadata = {}, externalId, ...given }: NewOrganization,
  now: Date,
): Organization => ({
  id,
  ...given,
  status: 'active',
  allowedDomains,
  metadata,
  ...(externalId === undefined ? {} : { externalId }),
  revision: 1,
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
});

/**
 * The writes that found an organization: its name, its profile, its row and terms in the directory, the first
 * state of its subscription.
 * @param row the write that begins its row, with what it has from the beginning
 */
export function foundWrites(
  plane: ControlPlane,
  organization: Organization,
  stamp: CreationStamp,
  row: Write,
): Write[] {
  const { id, name, contactPerson, status, inactiveReason, subscription } = organization;
  const { allowedDomains, metadata, externalId } = organization;
  const { plan, startDate, endDate } = subscription;
  const [platform, scope] = [platformScope(plane), withinOrganization(plane, id)];
  const claim = entityOf(NameClaimItem).create({
    organizationId: platform.organizationId,
    name: directoryName(name),
    holder: id,
  });
  const profile = entityOf(OrganizationItem).create({
    organizationId: id,
    name,
    contactPerson,
    status,
    ...(inactiveReason === undefined ? {} : { inactiveReason }),
    plan,
    startDate,
    ...(endDate === undefined ? {} : { endDate }),
    allowedDomains,
    metadata,
    ...(externalId === undefined ? {} : { externalId }),
    ...stamp,
  });
  return [
    put(platform, claim, nameTaken),
    put(scope, profile),
    row,
    ...firstTermWrites(scope, organization),
    subscriptionChangeWrite(scope, stamp.changed, { before: null, after: organization }),
  ];
}

/** What the list says of an organization that has just been founded: its first admin is invited. */
function firstListed(organization: Organization) {
  const { lastActivityOn, stage } = firstRowOf(organization);
  return { counts: { users: 0, pendingInvitations: 1, teams: 0, kpis: 0 }, lastActivityOn, stage };
}

/**
 * Creates an organization and invites its first admin, all in one transaction: name and address are free, or
 * nothing is written. Throws `already_exists` with the field; an invitation that can't be sent now stays
 * `queued`.
 */
export async function createOrganization(
  plane: ControlPlane,
  actor: Actor,
  input: NewOrganization,
  sender: InvitationSender,
  now: Date,
): Promise<OrganizationWithCounts> {
  const scope = withinOrganization(plane, newOrganizationId(now));
  const admin = { ...input.firstAdmin, role: 'org_admin' as const };
  const { invitation, writes } = newInvitation({ scope, actor, now }, admin, 'firstAdmin.email');
  const organization = profileOf(scope.organizationId, input, now);
  const stamp = created(actor, 'organization.created', now);
  await transact(plane, [
    ...externalIdWrites(plane, { id: organization.id }, organization.externalId),
    ...foundWrites(plane, organization, stamp, beginCountsWrite(scope, organization)),
    ...writes,
  ]);
  await sendInvitation({ scope, actor, now }, invitation, sender);
  return { ...organization, ...firstListed(organization) };
}
