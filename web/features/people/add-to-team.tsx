import { NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { notify } from '../../components/notify.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { teamChoicesQuery } from '../../lib/choices.ts';
import { peopleKey, teamsKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { EachOne, type EachOneProps } from './each-one.tsx';

/** Adds a user to a team as a member; existing members are unaffected. */
function useAddToTeam(organizationId: OrganizationId | undefined) {
  const { api } = useSession();
  return async (teamId: TeamId, { userId }: User): Promise<void> => {
    if (organizationId === undefined) return;
    const params = { organizationId, teamId };
    const { results } = await api(teamRoutes.addTeamMembers, { params, body: { userIds: [userId] } });
    const refused = results.find(({ status }) => status === 'refused');
    if (refused === undefined) return;
    const { code = 'conflict', message: title = '', reason, params: said } = refused;
    throw new ApiError(409, { title, code, reason, params: said, errors: [] });
  };
}

interface ChoiceProps {
  readonly organizationId: OrganizationId;
  readonly value: string;
  readonly onChange: (teamId: string) => void;
  /** Teams to omit. */
  readonly except?: readonly string[];
}

function TeamChoice({ organizationId, value, onChange, except = [] }: ChoiceProps) {
  const { api } = useSession();
  const { people } = useTexts();
  const { data } = useQuery(teamChoicesQuery(api, organizationId));
  const teams = (data?.items ?? []).filter(({ id }) => !except.includes(id));
  return (
    <NativeSelect
      label={people.team}
      description={people.profile.asMember}
      data-autofocus
      value={value}
      data={[
        { value: '', label: people.profile.chooseTeam },
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Adds one person to a team. */
export function AddToTeam({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const { people } = useTexts();
  const { organizationId, name, teams } = user;
  const queries = useQueryClient();
  const add = useAddToTeam(organizationId);
  const [team, setTeam] = useState('');
  const teamId = TeamId.safeParse(team);
  const adding = useChange({
    mutationFn: (chosen: TeamId) => add(chosen, user),
    onSuccess: () => {
      onClose();
      notify({ message: people.profile.added(name) });
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
        queries.invalidateQueries({ queryKey: teamsKey(organizationId) }),
      ]),
  });
  const sending = {
    pending: adding.isPending,
    error: adding.error,
    submit: () => teamId.success && adding.mutate(teamId.data),
  };
  return (
    <FormDialog
      title={people.profile.addToTeamTitle(name)}
      action={people.profile.addToTeam}
      isComplete={teamId.success}
      sending={sending}
      onClose={onClose}
    >
      <TeamChoice
        organizationId={organizationId}
        value={team}
        onChange={setTeam}
        except={Object.keys(teams)}
      />
    </FormDialog>
  );
}

/** Adds several people to a team. */
export function AddAllToTeam(asked: EachOneProps) {
  const { people } = useTexts();
  const [first] = asked.items;
  const queries = useQueryClient();
  const add = useAddToTeam(first?.organizationId);
  const [team, setTeam] = useState('');
  const teamId = TeamId.safeParse(team);
  if (first === undefined) return null;
  const { organizationId } = first;
  return (
    <EachOne
      {...asked}
      title={
        asked.items.length === 1
          ? people.profile.addToTeamTitle(first.name)
          : people.profile.addAllTitle(asked.items.length)
      }
      action={people.profile.addToTeam}
      isComplete={teamId.success}
      act={async (user) => {
        if (teamId.success) await add(teamId.data, user);
        await queries.invalidateQueries({ queryKey: teamsKey(organizationId), refetchType: 'none' });
      }}
    >
      <TeamChoice organizationId={organizationId} value={team} onChange={setTeam} />
    </EachOne>
  );
}
