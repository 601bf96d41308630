import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Team } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { ConfirmTyped } from '../../components/confirm-typed.tsx';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { teamsKey } from './queries.ts';

interface Props {
  readonly team: Team;
  readonly onClose: () => void;
}

/** Deletes a team, once its name has been typed. */
export function DeleteTeam({ team: { organizationId, id, name, revision }, onClose }: Props) {
  const { api } = useSession();
  const { teams } = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const deleting = useChange({
    mutationFn: () => api(teamRoutes.deleteTeam, { params: { organizationId, teamId: id }, revision }),
    onSuccess: async () => {
      await navigate({ to: `/organizations/${organizationId}/teams` });
      notify({ message: teams.deleted(name) });
      await queries.invalidateQueries({ queryKey: teamsKey(organizationId) });
    },
  });
  return (
    <ConfirmTyped
      title={teams.deleteTitle(name)}
      name={name}
      label={teams.deleteType(name)}
      action={teams.deleteNow}
      pending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      {teams.deleteText}
    </ConfirmTyped>
  );
}
