import type { Actor } from '../../../../domain/actor.ts';
import type { InvitationId } from '../../../../domain/ids.ts';
import { invitationsAfter } from '../../../../domain/invitation/invitation.service.ts';
import type { InvitationSender } from '../../../../domain/invitation/invitation-sender.ts';
import { requireStored } from '../../../../domain/invitation/stored-invitation.ts';
import { countsOf } from '../../../../domain/organization/counters.service.ts';
import { createOrganization } from '../../../../domain/organization/founding.service.ts';
import type { NewOrganization } from '../../../../domain/organization/organization.schema.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../../domain/table/scope.ts';

export const now = new Date('2026-11-24T12:00:00.000Z');
export const superAdmin: Actor = { by: 'user_root', role: 'super_admin', requestId: 'request-1' };

/** An identity provider that sends everything, but for the faults given. */
export const sender = (faults: Partial<InvitationSender> = {}): InvitationSender => ({
  send: async ({ invitationId }) => ({ delivery: 'sent', providerId: `at-clerk-${invitationId}` }),
  withdraw: async () => {},
  ...faults,
});

export const request = (name: string): NewOrganization => ({
  name,
  contactPerson: { name: 'Cora Contact', email: 'cora@example.com' },
  subscription: { plan: 'growth', startDate: '2026-11-01' },
  firstAdmin: { name: 'Ada Admin', email: `admin@${name.toLowerCase().replaceAll(' ', '-')}.example` },
});

/** Creates an organization of this name and finds its first admin's invitation. */
export async function found(plane: ControlPlane, name: string) {
  const organization = await createOrganization(plane, superAdmin, request(name), sender(), now);
  const scope = withinOrganization(plane, organization.id);
  const [invitation] = await invitationsAfter(scope, undefined, 10, now);
  if (invitation === undefined) throw new Error('the first admin was not invited');
  return { organization, scope, invitation };
}

/** What sending an invitation again takes: all as it is now. */
export async function resendingOf(scope: OrganizationScope, invitationId: InvitationId) {
  const [stored, counts] = await Promise.all([requireStored(scope, invitationId), countsOf(scope)]);
  const subscription = { plan: 'growth' as const, startDate: '2026-11-01' };
  return { stored, counts, organization: { allowedDomains: [], subscription } };
}
