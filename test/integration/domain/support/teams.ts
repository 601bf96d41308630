import type { TeamRole } from '../../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../../domain/actor.ts';
import type { TeamId, UserId } from '../../../../domain/ids.ts';
import type { OrganizationScope } from '../../../../domain/table/scope.ts';
import { createTeam } from '../../../../domain/team/create-team.ts';
import { requireTeam, showTeam } from '../../../../domain/team/find-team.ts';
import { findTeamAndUser, removeTeamMember, setTeamMember } from '../../../../domain/team/team-members.ts';
import { updateTeam } from '../../../../domain/team/update-team.ts';
import { now } from './founding.ts';

/** A moment after the time of the tests. */
export const later = (ms: number) => new Date(now.getTime() + ms);

/** A team's current state. */
export const read = async (scope: OrganizationScope, teamId: TeamId) =>
  showTeam(await requireTeam(scope, teamId));

/** Creates a team, on a sufficient plan. */
export const create = (scope: OrganizationScope, actor: Actor, name: string, leaderId?: UserId) =>
  createTeam(
    { scope, actor, now },
    { name, ...(leaderId === undefined ? {} : { leaderId }), plan: 'enterprise' },
  );

/** Sets a member, based on the team's current revision. */
export async function put(
  scope: OrganizationScope,
  actor: Actor,
  teamId: TeamId,
  userId: UserId,
  role: TeamRole,
  at = now,
) {
  const place = await findTeamAndUser(scope, { teamId, userId });
  return await setTeamMember({ scope, actor, now: at }, place, { role, revision: place.team.item.revision });
}

/** Removes a member, based on the team's current revision. */
export async function take(scope: OrganizationScope, actor: Actor, teamId: TeamId, userId: UserId, at = now) {
  const place = await findTeamAndUser(scope, { teamId, userId });
  return await removeTeamMember({ scope, actor, now: at }, place, place.team.item.revision);
}

/** A team as it reads, without revision and times. */
export async function content(scope: OrganizationScope, id: TeamId) {
  const { revision: _, updatedAt: __, ...team } = await read(scope, id);
  return team;
}

/** Changes a team’s fields in its current revision. */
export async function rename(scope: OrganizationScope, actor: Actor, teamId: TeamId, change: object) {
  const { revision } = await read(scope, teamId);
  return await updateTeam({ scope, actor, now }, { ...change, teamId, revision });
}
