import { useQueryClient } from '@tanstack/react-query';
import type { TeamRole } from '../../../domain/access/roles.schema.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/routes/teams.routes.ts';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { teamQuery, teamsKey } from './queries.ts';

/** Puts somebody into a team or takes them out; the answer is the whole team, and is shown at once. */
export function useMembership(team: Team) {
  const { api } = useSession();
  const queries = useQueryClient();
  const { organizationId, id: teamId, revision } = team;
  const onSuccess = (changed: Team) =>
    queries.setQueryData(teamQuery(api, organizationId, teamId).queryKey, changed);
  const onSettled = () => queries.invalidateQueries({ queryKey: teamsKey(organizationId) });
  const put = useChange({
    mutationFn: ({ userId, role, at = revision }: { userId: UserId; role: TeamRole; at?: number }) =>
      api(teamRoutes.putTeamMember, {
        params: { organizationId, teamId, userId },
        body: { role },
        revision: at,
      }),
    onSuccess,
    onSettled,
  });
  const remove = useChange({
    mutationFn: (userId: UserId) =>
      api(teamRoutes.removeTeamMember, { params: { organizationId, teamId, userId }, revision }),
    onSuccess,
    onSettled,
  });
  return { put, remove };
}
