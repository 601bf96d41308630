import type { UserId } from '../../../domain/ids.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { notify } from '../../components/notify.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import type { Candidate } from './person-options.tsx';
import { useTeamChange } from './use-team-change.ts';

/** What was so before somebody was made the lead: what undoing it brings back. */
interface Before {
  readonly userId: UserId;
  readonly formerId: UserId | undefined;
  readonly wasMember: boolean;
  readonly wasPromoted: boolean;
}

type Params = { readonly organizationId: Team['organizationId']; readonly teamId: Team['id'] };

/** Gives a team back the lead it had, as far as nobody has changed that since. */
async function leadBack(api: CallApi, params: Params, before: Before): Promise<Team> {
  const { userId, formerId, wasMember } = before;
  let now = await api(teamRoutes.getTeam, { params });
  if (now.leaderId !== userId) return now;
  const isThere = now.members.some((member) => member.userId === formerId);
  const next =
    formerId !== undefined && isThere ? { id: formerId, role: 'leader' } : { id: userId, role: 'member' };
  now = await api(teamRoutes.putTeamMember, {
    params: { ...params, userId: next.id },
    body: { role: next.role === 'leader' ? 'leader' : 'member' },
    revision: now.revision,
  });
  if (wasMember) return now;
  const { revision } = now;
  return await api(teamRoutes.removeTeamMember, { params: { ...params, userId }, revision });
}

/** Gives a person back the role they had, unless they lead another team by now. */
async function roleBack(api: CallApi, { organizationId }: Params, userId: UserId): Promise<void> {
  const params = { organizationId, userId };
  const { role, teams, revision } = await api(userRoutes.getUser, { params, query: {} });
  if (role !== 'team_leader' || Object.values(teams).includes('leader')) return;
  await api(userRoutes.updateUser, { params, body: { role: 'team_member' }, revision });
}

/** Makes somebody the lead of a team, with the role that it takes, and offers to undo just that. */
export function useNameLead(team: Team, onNamed: () => void) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const { shown, params, onError, onSettled } = useTeamChange(team);
  const undoing = useChange({
    mutationFn: async (before: Before) => {
      const now = await leadBack(api, params, before);
      if (before.wasPromoted && now.leaderId !== before.userId) await roleBack(api, params, before.userId);
      return now;
    },
    onSuccess: shown,
    onError,
    onSettled,
  });
  return useChange({
    mutationFn: ({ userId, role }: Candidate) =>
      api(teamRoutes.putTeamMember, {
        params: { ...params, userId },
        body: { role: 'leader', ...(role === 'team_member' ? { promote: true } : {}) },
        revision: team.revision,
      }),
    onSuccess: (changed, { userId, name, role }) => {
      const before = {
        userId,
        formerId: team.leaderId,
        wasMember: team.members.some((member) => member.userId === userId),
        wasPromoted: role === 'team_member',
      };
      shown(changed);
      onNamed();
      notify({
        message: teams.leads(name, team.name),
        undo: { title: common.undo, run: () => undoing.mutate(before) },
      });
    },
    onSettled,
  });
}
