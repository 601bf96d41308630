import { allows } from '../../../domain/access/ability.ts';
import type { Ability } from '../../../domain/access/rules.ts';
import { TeamId } from '../../../domain/ids.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireTeam, showTeam } from '../../../domain/team/find-team.ts';
import { pageOfTeams, teamsAfter, teamsOfIds } from '../../../domain/team/list-teams.ts';
import { teamNameKey } from '../../../domain/team/team.schema.ts';
import { findTeamAndUser, removeTeamMember, setTeamMember } from '../../../domain/team/team-members.ts';
import { updateTeam } from '../../../domain/team/update-team.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { type Authorizing, resource } from '../resource.ts';
import { teamRoutes } from './routes.ts';

/** An organization's teams. */
export const teams = ({ page }: OrganizationDependencies) =>
  resource(teamRoutes, {
    listTeams: ({ ctx, member, ability, query }) => {
      const { shown, after } = listingFor(ctx.scope, member, ability);
      return page({
        ctx,
        route: 'listTeams',
        filter: shown,
        query,
        parse: (name) => name,
        positionOf: ({ name }) => teamNameKey(name),
        after,
      });
    },
    createTeam: ({ ctx, organization, body }) =>
      createTeam(ctx, { ...body, plan: organization.subscription.plan }),
    getTeam: async ({ ctx, assertCan, params: { teamId } }) => {
      assertCan({ teamId });
      return showTeam(await requireTeam(ctx.scope, teamId));
    },
    updateTeam: async ({ ctx, assertCan, params: { teamId }, body, revision }) => {
      assertCan({ teamId });
      return await updateTeam(ctx, { ...body, teamId, revision });
    },
    deleteTeam: async ({ ctx, assertCan, params: { teamId }, revision }) => {
      assertCan({ teamId });
      await deleteTeam(ctx, { teamId, revision });
      return undefined;
    },
    putTeamMember: async ({ ctx, assertCan, params, body: { role }, revision }) => {
      const place = await permittedPlace({ ctx, assertCan }, params, role);
      return await setTeamMember(ctx, place, { role, revision });
    },
    removeTeamMember: async ({ ctx, assertCan, params, revision }) => {
      const place = await permittedPlace({ ctx, assertCan }, params, 'member');
      return await removeTeamMember(ctx, place, revision);
    },
  });

/**
 * What a list of teams shows its reader, by the rules: who may read any team sees all, everybody else those
 * they are in.
 */
function listingFor(scope: OrganizationScope, member: User, ability: Ability) {
  const { organizationId } = scope;
  if (allows(ability, 'read', 'Team', { organizationId }))
    return { shown: 'all', after: teamsAfter.bind(null, scope) };
  const own = Object.keys(member.teams).map((id) => TeamId.parse(id));
  const after = async (position: string | undefined, limit: number) =>
    pageOfTeams(await teamsOfIds(scope, own), position, limit);
  return { shown: member.userId, after };
}

/**
 * Decides on a membership twice: before anything is read, so that a team the caller may not see is like none,
 * and on the role that the member has, which the caller must be allowed to change.
 */
async function permittedPlace(
  { ctx, assertCan }: Authorizing,
  { teamId, userId }: Parameters<typeof findTeamAndUser>[1],
  role: string,
) {
  assertCan({ teamId, userId, role }, 'Team');
  const place = await findTeamAndUser(ctx.scope, { teamId, userId });
  if (place.held !== undefined) assertCan({ teamId, userId, role: place.held.role }, 'Team');
  return place;
}
