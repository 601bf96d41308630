import type { Actor } from '../actor.ts';
import { newOrganizationId } from '../ids.ts';
import { deliver, inviteWrites, refuseTaken } from '../invitation/invitation.service.ts';
import type { InvitationSender } from '../invitation/invitation-sender.ts';
import { created } from '../table/change-stamp.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../table/scope.ts';
import { put, transact, type Write } from '../table/write.ts';
import { beginCountsWrite } from './counters.service.ts';
import { organizationWithCounts } from './directory.service.ts';
import { directoryName, directoryShard } from './directory.ts';
import { NameClaimEntity } from './name-claim.entity.ts';
import { OrganizationEntity } from './organization.entity.ts';
import type { NewOrganization, OrganizationWithCounts } from './organization.schema.ts';
import { nameTaken } from './organization.service.ts';

/** The writes that found an organization: its profile and its directory row. */
function foundWrites(
  scope: OrganizationScope,
  actor: Actor,
  { name, contactPerson, subscription }: Pick<NewOrganization, 'name' | 'contactPerson' | 'subscription'>,
  now: Date,
): Write[] {
  const { organizationId } = scope;
  const profile = OrganizationEntity.create({
    organizationId,
    name,
    contactPerson,
    status: 'active',
    plan: subscription.plan,
    startDate: subscription.startDate,
    ...(subscription.endDate === undefined ? {} : { endDate: subscription.endDate }),
    directoryShard: directoryShard(organizationId),
    directoryName: directoryName(name),
    ...created(actor, 'organization.created', now),
  });
  return [put(scope, profile)];
}

/**
 * Creates an organization and invites its first admin, all in one transaction: name and address are free, or nothing is
 * written. Throws `already_exists` with the field; an invitation that can't be sent now stays `queued`.
 */
export async function createOrganization(
  plane: ControlPlane,
  actor: Actor,
  input: NewOrganization,
  sender: InvitationSender,
  now: Date,
): Promise<OrganizationWithCounts> {
  const platform = platformScope(plane);
  const scope = withinOrganization(plane, newOrganizationId(now));
  await refuseTaken(scope, sender, input.firstAdmin.email, 'firstAdmin.email');
  const claim = NameClaimEntity.create({
    organizationId: platform.organizationId,
    name: directoryName(input.name),
    holder: scope.organizationId,
  });
  const admin = { ...input.firstAdmin, role: 'org_admin' as const };
  const { invitation, writes } = inviteWrites(scope, actor, admin, 'firstAdmin.email', now);
  await transact(plane, [
    put(platform, claim, nameTaken),
    ...foundWrites(scope, actor, input, now),
    beginCountsWrite(scope),
    ...writes,
  ]);
  await deliver(scope, actor, invitation, sender, now);
  return await organizationWithCounts(scope);
}
