import { abilityOf } from '../../../domain/access/ability.ts';
import { OrganizationId, UserId } from '../../../domain/ids.ts';
import type { openSession as theProducts } from '../../../functions/http/steps/open-session.ts';
import { victimHeader } from '../victim-header.ts';

/**
 * Replaces `functions/http/steps/open-session.ts` where our own code is switched off, as if all its checks
 * had failed at once: every signed-in user counts as an admin of the attacked organization with all
 * permissions, and every key is built for that organization. Only the client, with its guard and its
 * credentials, remains the caller's.
 */
export const openSession: typeof theProducts = async (tenancy, _audit, request, { caller, admit }) => {
  const { user, organization: own, machine } = await tenancy.memberOf(caller, request.now);
  await admit(own?.subscription.plan, user.role);
  const home = own?.id ?? request.pathParameters?.organizationId ?? '';
  const { scope, organization } = await tenancy.enter(home, { member: user, home: own, request, machine });
  const [victim, admin] = (request.headers[victimHeader] ?? '').split(' ');
  const organizationId = OrganizationId.parse(victim);
  const userId = UserId.parse(admin);
  const { teamId, userId: named } = request.pathParameters ?? {};
  return {
    ctx: {
      scope: { ...scope, organizationId },
      actor: { ...caller.actor, by: userId, role: 'org_admin', name: user.name },
      now: request.now,
    },
    member: { ...user, organizationId, userId, role: 'org_admin' },
    ability: abilityOf([{ action: 'manage', subject: 'all' }]),
    organization,
    instance: { organizationId, userId: named, teamId },
  };
};
