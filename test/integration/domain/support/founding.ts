import { type Actor, systemActor } from '../../../../domain/actor.ts';
import type { Context } from '../../../../domain/context.ts';
import type { InvitationId } from '../../../../domain/ids.ts';
import { requireInvitation } from '../../../../domain/invitation/find-invitation.ts';
import { invitationsAfter } from '../../../../domain/invitation/list-invitations.ts';
import type { InvitationSender } from '../../../../domain/invitation/send-invitation.ts';
import { countsOf } from '../../../../domain/organization/counts.ts';
import { createOrganization } from '../../../../domain/organization/create-organization.ts';
import type { NewOrganization } from '../../../../domain/organization/organization.schema.ts';
import type { Plan } from '../../../../domain/subscription/subscription.schema.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../../domain/table/scope.ts';

export const now = new Date('2026-11-24T12:00:00.000Z');
export const superAdmin: Actor = { by: 'user_root', role: 'super_admin', requestId: 'request-1' };

/** An identity provider that sends every email, except for the given faults. */
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
  const organization = await createOrganization(
    { scope: platformScope(plane), actor: superAdmin, now },
    request(name),
    sender(),
  );
  const scope = withinOrganization(plane, organization.id);
  const [invitation] = await invitationsAfter(scope, undefined, 10, now);
  if (invitation === undefined) throw new Error('the first admin was not invited');
  return { organization, scope, invitation };
}

/** The metadata of a webhook of the identity provider. */
export const webhook = (platform: OrganizationScope): Context => ({
  scope: platform,
  actor: systemActor('clerk-webhook', 'request-hook'),
  now,
});

/** Lets an organization with a plan and no rule for addresses invite. */
export const onPlan = (plan: Plan) => ({ allowedDomains: [], subscription: { plan } });

/** The input for resending an invitation in its current state. */
export async function resendingOf(scope: OrganizationScope, invitationId: InvitationId) {
  const [stored, counts] = await Promise.all([requireInvitation(scope, invitationId), countsOf(scope)]);
  return { stored, counts, organization: onPlan('growth') };
}
