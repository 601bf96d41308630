import { useQueryClient } from '@tanstack/react-query';
import type { Team } from '../../../domain/team/team.schema.ts';
import { useErrorNotice } from '../../components/notify.tsx';
import { useSession } from '../../lib/session.tsx';
import { teamQuery, teamsKey } from './queries.ts';

/** Shared by all changes of a team's members: the response is the whole team and is shown immediately. */
export function useTeamChange({ organizationId, id: teamId }: Team) {
  const { api } = useSession();
  const queries = useQueryClient();
  const onError = useErrorNotice();
  return {
    params: { organizationId, teamId },
    shown: (changed: Team) =>
      void queries.setQueryData(teamQuery(api, organizationId, teamId).queryKey, changed),
    onError,
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: teamsKey(organizationId) }),
        queries.invalidateQueries({ queryKey: ['people', organizationId] }),
      ]);
    },
  };
}
