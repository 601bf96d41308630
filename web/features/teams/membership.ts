import { useQueryClient } from '@tanstack/react-query';
import type { TeamRole } from '../../../domain/access/roles.schema.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Team, TeamMember } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/routes/teams.routes.ts';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { teamQuery, teamsKey } from './queries.ts';

/**
 * Puts somebody into a team or takes them out; the answer is the whole team, and is shown at once. What is to be said is said here:
 * the row of who was taken out is gone by then.
 */
export function useMembership(team: Team) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: teamId, revision } = team;
  const onSuccess = (changed: Team) =>
    queries.setQueryData(teamQuery(api, organizationId, teamId).queryKey, changed);
  const onError = useErrorNotice();
  const onSettled = () => queries.invalidateQueries({ queryKey: teamsKey(organizationId) });
  const put = useChange({
    mutationFn: ({ userId, role, at = revision }: { userId: UserId; role: TeamRole; at?: number }) =>
      api(teamRoutes.putTeamMember, {
        params: { organizationId, teamId, userId },
        body: { role },
        revision: at,
      }),
    onSuccess,
    onError,
    onSettled,
  });
  const remove = useChange({
    mutationFn: ({ userId }: TeamMember) =>
      api(teamRoutes.removeTeamMember, { params: { organizationId, teamId, userId }, revision }),
    onSuccess: (changed, { userId, name, role }) => {
      onSuccess(changed);
      notify({
        message: teams.takenOut(name ?? userId),
        undo: { title: common.undo, run: () => put.mutate({ userId, role, at: changed.revision }) },
      });
    },
    onError,
    onSettled,
  });
  return { put, remove };
}
