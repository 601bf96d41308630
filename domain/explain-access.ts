import { accessRefusals } from './access/access.refusals.ts';
import { type AccessExplanation, type AccessQuestion, subjectOf } from './access/explain.schema.ts';
import { explain } from './access/explain.ts';
import type { Instance } from './access/rules.ts';
import { InvitationId, KpiId, TeamId, UserId } from './ids.ts';
import { findInvitation } from './invitation/find-invitation.ts';
import { requireKpi } from './kpi/find-kpi.ts';
import { instanceOfKpi } from './kpi/kpi.schema.ts';
import type { OrganizationScope } from './table/scope.ts';
import { requireTeam } from './team/find-team.ts';
import { requireUser } from './user/find-user.ts';
import type { User } from './user/profile.schema.ts';

type Facts = Omit<Instance, 'organizationId'>;

/** The attributes of an item that rules refer to, by its id. Throws `not_found`. */
async function factsOf(scope: OrganizationScope, id: string, now: Date): Promise<Facts> {
  const user = UserId.safeParse(id);
  if (user.success) {
    const { userId, teams } = await requireUser(scope, user.data);
    return { userId, teamIds: Object.keys(teams) };
  }
  const team = TeamId.safeParse(id);
  if (team.success) return { teamId: (await requireTeam(scope, team.data)).item.teamId };
  const kpi = KpiId.safeParse(id);
  if (kpi.success) return instanceOfKpi(await requireKpi(scope, kpi.data, now));
  const open = InvitationId.safeParse(id);
  const invitation = open.success ? await findInvitation(scope, open.data) : null;
  if (invitation === null) throw accessRefusals.explained_thing_not_found();
  return { teamId: invitation.teamId, role: invitation.role };
}

/**
 * Explains whether a user of the scope's organization may do something: `self`, or the user in the
 * question. Throws `not_found` for a missing user or item.
 */
export async function explainAccess(
  scope: OrganizationScope,
  self: User,
  { action, resource, userId = self.userId }: AccessQuestion,
  now: Date,
): Promise<AccessExplanation> {
  const type = subjectOf(resource);
  if (type === undefined) throw accessRefusals.names_no_subject();
  const id = resource.split('/')[1];
  const [member, facts] = await Promise.all([
    userId === self.userId ? self : requireUser(scope, userId),
    id === undefined ? undefined : factsOf(scope, id, now),
  ]);
  const asked = { userId, role: member.role, action, resource };
  if (member.status !== 'active')
    return { ...asked, allowed: false, reason: 'They are deactivated, so no rule is asked.', rules: [] };
  const instance = facts && { ...facts, organizationId: scope.organizationId };
  return { ...asked, ...explain(member, { action, subject: type }, instance) };
}
