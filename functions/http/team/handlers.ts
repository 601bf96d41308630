import { allows } from '../../../domain/access/ability.ts';
import type { Ability } from '../../../domain/access/rules.ts';
import { TeamId } from '../../../domain/ids.ts';
import { updatedByOf } from '../../../domain/table/change-stamp.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { addMembers } from '../../../domain/team/add-members.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireTeam, showTeam } from '../../../domain/team/find-team.ts';
import { listedTeams, pageOfTeams, teamsAfter, teamsOfIds } from '../../../domain/team/list-teams.ts';
import { teamNameKey } from '../../../domain/team/team.schema.ts';
import { findTeamAndUser, removeTeamMember, setTeamMember } from '../../../domain/team/team-members.ts';
import { updateTeam } from '../../../domain/team/update-team.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { httpRefusals } from '../http.refusals.ts';
import { type Authorizing, resource } from '../resource.ts';
import { teamRoutes } from './routes.ts';

export const teams = ({ page }: OrganizationDependencies) =>
  resource(teamRoutes, {
    listTeams: ({ ctx, member, ability, query }) => {
      const { search } = query;
      const { shown, after } = listingFor(ctx.scope, member, { ability, search });
      return page({
        ctx,
        route: 'listTeams',
        filter: search === undefined ? shown : `${shown} ${search}`,
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
      const team = await requireTeam(ctx.scope, teamId);
      return { ...showTeam(team), updatedBy: updatedByOf(team.item) };
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
    putTeamMember: async ({ ctx, assertCan, ability, params, body, revision }) => {
      const place = await permittedPlace({ ctx, assertCan }, params, body.role);
      if (body.promote === true) assertMayPromote(ability, place.user);
      return await setTeamMember(ctx, place, { ...body, revision });
    },
    addTeamMembers: async ({ ctx, assertCan, params: { teamId }, body: { userIds } }) => {
      assertCan({ teamId, role: 'member' }, 'Team');
      return await addMembers(ctx, { teamId, userIds });
    },
    removeTeamMember: async ({ ctx, assertCan, params, revision }) => {
      const place = await permittedPlace({ ctx, assertCan }, params, 'member');
      return await removeTeamMember(ctx, place, revision);
    },
  });

/** The scope of a team list: all for those who may read any team, otherwise the caller's own teams. */
function listingFor(
  scope: OrganizationScope,
  member: User,
  { ability, search }: { readonly ability: Ability; readonly search: string | undefined },
) {
  const { organizationId } = scope;
  if (allows(ability, 'read', 'Team', { organizationId }))
    return {
      shown: 'all',
      after: async (position: string | undefined, limit: number) =>
        await listedTeams(scope, await teamsAfter(scope, { position, limit, search })),
    };
  const own = Object.keys(member.teams).map((id) => TeamId.parse(id));
  const after = async (position: string | undefined, limit: number) =>
    await listedTeams(scope, pageOfTeams(await teamsOfIds(scope, own), { position, limit, search }));
  return { shown: member.userId, after };
}

/** Throws `forbidden` if the caller may not change this user's role in the organization. */
function assertMayPromote(ability: Ability, { organizationId, userId, teams }: User): void {
  const user = { organizationId, userId, teamIds: Object.keys(teams) };
  if (!allows(ability, 'update', 'User', user, 'role'))
    throw httpRefusals.forbidden({ action: 'update', subject: 'User' });
}

/**
 * Authorizes a membership twice: before anything is read, so that an invisible team looks like a missing
 * one, and for the member's role, which the caller must be allowed to change.
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
