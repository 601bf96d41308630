import { allows } from '../../../domain/access/ability.ts';
import { TeamId } from '../../../domain/ids.ts';
import { teamNameKey } from '../../../domain/team/team.schema.ts';
import {
  pageOfTeams,
  requireTeam,
  showTeam,
  teamsAfter,
  teamsOfIds,
} from '../../../domain/team/team.service.ts';
import { createTeam, deleteTeam, updateTeam } from '../../../domain/team/team-lifecycle.service.ts';
import { findPlace, removeMember, setMember } from '../../../domain/team/team-members.service.ts';
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
      return createTeam(scope, actorOf(exchange), body, organization.subscription.plan, now);
    },
    getTeam: async ({ params: { teamId }, exchange }) => {
      permit(exchange, { teamId });
      return showTeam(await requireTeam(tenantOf(exchange).scope, teamId));
    },
    updateTeam: ({ params: { teamId }, body, now, exchange }) => {
      permit(exchange, { teamId });
      const change = { ...body, teamId, revision: revisionOf(exchange) };
      return updateTeam(tenantOf(exchange).scope, actorOf(exchange), change, now);
    },
    deleteTeam: async ({ params: { teamId }, now, exchange }) => {
      permit(exchange, { teamId });
      const deletion = { teamId, revision: revisionOf(exchange) };
      await deleteTeam(tenantOf(exchange).scope, actorOf(exchange), deletion, now);
      return undefined;
    },
    putTeamMember: async ({ params, body: { role }, now, exchange }) => {
      const { scope, place } = await permittedPlace(exchange, params, role);
      return await setMember(scope, actorOf(exchange), place, { role, revision: revisionOf(exchange) }, now);
    },
    removeTeamMember: async ({ params, now, exchange }) => {
      const { scope, place } = await permittedPlace(exchange, params, 'member');
      return await removeMember(scope, actorOf(exchange), place, revisionOf(exchange), now);
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
  { teamId, userId }: Parameters<typeof findPlace>[1],
  role: string,
) {
  permit(exchange, { teamId, userId, role }, 'Team');
  const { scope } = tenantOf(exchange);
  const place = await findPlace(scope, { teamId, userId });
  if (place.held !== undefined) permit(exchange, { teamId, userId, role: place.held.role }, 'Team');
  return { scope, place };
}
