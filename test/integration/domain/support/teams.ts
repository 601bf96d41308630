import type { TeamRole } from '../../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../../domain/actor.ts';
import type { TeamId, UserId } from '../../../../domain/ids.ts';
import type { OrganizationScope } from '../../../../domain/table/scope.ts';
import { requireTeam, showTeam } from '../../../../domain/team/team.service.ts';
import { createTeam } from '../../../../domain/team/team-lifecycle.service.ts';
import { findPlace, removeMember, setMember } from '../../../../domain/team/team-members.service.ts';
import { now } from './founding.ts';

/** A moment after the time of the tests. */
export const later = (ms: number) => new Date(now.getTime() + ms);

/** A team as it is now. */
export const read = async (scope: OrganizationScope, teamId: TeamId) =>
  showTeam(await requireTeam(scope, teamId));

/** Creates a team, on a plan that has room for it. */
export const create = (scope: OrganizationScope, actor: Actor, name: string, leaderId?: UserId) =>
  createTeam(scope, actor, { name, ...(leaderId === undefined ? {} : { leaderId }) }, 'enterprise', now);

/** Sets a member, to the state that the team is in at that moment. */
export async function put(
  scope: OrganizationScope,
  actor: Actor,
  teamId: TeamId,
  userId: UserId,
  role: TeamRole,
  at = now,
) {
  const place = await findPlace(scope, { teamId, userId });
  return await setMember(scope, actor, place, { role, revision: place.team.item.revision }, at);
}

/** Takes a member out, of the state that the team is in at that moment. */
export async function take(scope: OrganizationScope, actor: Actor, teamId: TeamId, userId: UserId, at = now) {
  const place = await findPlace(scope, { teamId, userId });
  return await removeMember(scope, actor, place, place.team.item.revision, at);
}
