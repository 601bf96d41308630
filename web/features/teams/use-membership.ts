import type { TeamRole } from '../../../domain/access/roles.schema.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Team, TeamMember } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { useTeamChange } from './use-team-change.ts';

/**
 * Gives a member another role in the team, or removes them. What is to be said is said here: the row of who
 * was removed is gone by then.
 */
export function useMembership(team: Team) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const { revision } = team;
  const { params, shown, onError, onSettled } = useTeamChange(team);
  const put = useChange({
    mutationFn: ({ userId, role }: { userId: UserId; role: TeamRole }) =>
      api(teamRoutes.putTeamMember, { params: { ...params, userId }, body: { role }, revision }),
    onSuccess: shown,
    onError,
    onSettled,
  });
  // Into the team as it is by then: who else came, left or leads meanwhile stays so.
  const putBack = useChange({
    mutationFn: async ({ userId, role }: TeamMember) => {
      const now = await api(teamRoutes.getTeam, { params });
      if (now.members.some((member) => member.userId === userId)) return now;
      const isLed = now.members.some((member) => member.role === 'leader');
      return await api(teamRoutes.putTeamMember, {
        params: { ...params, userId },
        body: { role: isLed ? 'member' : role },
        revision: now.revision,
      });
    },
    onSuccess: shown,
    onError,
    onSettled,
  });
  const remove = useChange({
    mutationFn: ({ userId }: TeamMember) =>
      api(teamRoutes.removeTeamMember, { params: { ...params, userId }, revision }),
    onSuccess: (changed, member) => {
      shown(changed);
      notify({
        message: teams.takenOut(member.name ?? member.userId),
        undo: { title: common.undo, run: () => putBack.mutate(member) },
      });
    },
    onError,
    onSettled,
  });
  return { put, remove };
}
