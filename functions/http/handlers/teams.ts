import { allows } from '../../../domain/access/ability.ts';
import { TeamId } from '../../../domain/ids.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireTeam, showTeam } from '../../../domain/team/find-team.ts';
import { pageOfTeams, teamsAfter, teamsOfIds } from '../../../domain/team/list-teams.ts';
import { teamNameKey } from '../../../domain/team/team.schema.ts';
import { findTeamAndUser, removeTeamMember, setTeamMember } from '../../../domain/team/team-members.ts';
import { updateTeam } from '../../../domain/team/update-team.ts';
import { type Exchange, required } from '../exchange.ts';
import { actorOf, noun, revisionOf, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { permit } from '../permit.ts';
import { teamRoutes } from '../routes/teams.routes.ts';

/** An organization's teams. */
export const teams = ({ page }: OrganizationParts) =>
  noun(teamRoutes, {
    listTeams: ({ query, now, exchange, params: { organizationId } }) => {
      const { shown, after } = listingFor(exchange);
      return page({
        use: { viewer: actorOf(exchange).by, organizationId, route: 'listTeams', filter: shown },
        query,
        now,
        parse: (name) => name,
        positionOf: ({ name }) => teamNameKey(name),
        after,
      });
    },
    createTeam: ({ body, now, exchange }) => {
      const { scope, organization } = tenantOf(exchange);
      return createTeam(
        { scope, actor: actorOf(exchange), now },
        { ...body, plan: organization.subscription.plan },
      );
    },
    getTeam: async ({ params: { teamId }, exchange }) => {
      permit(exchange, { teamId });
      return showTeam(await requireTeam(tenantOf(exchange).scope, teamId));
    },
    updateTeam: ({ params: { teamId }, body, now, exchange }) => {
      permit(exchange, { teamId });
      const change = { ...body, teamId, revision: revisionOf(exchange) };
      return updateTeam({ scope: tenantOf(exchange).scope, actor: actorOf(exchange), now }, change);
    },
    deleteTeam: async ({ params: { teamId }, now, exchange }) => {
      permit(exchange, { teamId });
      const deletion = { teamId, revision: revisionOf(exchange) };
      await deleteTeam({ scope: tenantOf(exchange).scope, actor: actorOf(exchange), now }, deletion);
      return undefined;
    },
    putTeamMember: async ({ params, body: { role }, now, exchange }) => {
      const { scope, place } = await permittedPlace(exchange, params, role);
      return await setTeamMember({ scope, actor: actorOf(exchange), now }, place, {
        role,
        revision: revisionOf(exchange),
      });
    },
    removeTeamMember: async ({ params, now, exchange }) => {
      const { scope, place } = await permittedPlace(exchange, params, 'member');
      return await removeTeamMember({ scope, actor: actorOf(exchange), now }, place, revisionOf(exchange));
    },
  });

/** What a list of teams shows its reader, by the rules: who may read any team sees all, everybody else those they are in. */
function listingFor(exchange: Exchange) {
  const { scope, member } = tenantOf(exchange);
  const { organizationId } = scope;
  if (allows(required(exchange.ability, 'ability'), 'read', 'Team', { organizationId }))
    return { shown: 'all', after: teamsAfter.bind(null, scope) };
  const own = Object.keys(member.teams).map((id) => TeamId.parse(id));
  const after = async (position: string | undefined, limit: number) =>
    pageOfTeams(await teamsOfIds(scope, own), position, limit);
  return { shown: member.userId, after };
}

/**
 * Decides on a membership twice: before anything is read, so that a team the caller may not see is like none, and on the role
 * that the member has, which the caller must be allowed to change.
 */
async function permittedPlace(
  exchange: Exchange,
  { teamId, userId }: Parameters<typeof findTeamAndUser>[1],
  role: string,
) {
  permit(exchange, { teamId, userId, role }, 'Team');
  const { scope } = tenantOf(exchange);
  const place = await findTeamAndUser(scope, { teamId, userId });
  if (place.held !== undefined) permit(exchange, { teamId, userId, role: place.held.role }, 'Team');
  return { scope, place };
}
