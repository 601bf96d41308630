import { Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserId } from '../../../domain/ids.ts';
import type { Team, TeamMember } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { notify } from '../../components/notify.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { type Candidate, optionsOf, PersonOption, useCandidates } from './person-options.tsx';
import { personQuery, useTeamChange } from './queries.ts';

/** The state before a lead was named, for undo. */
interface Before {
  readonly userId: UserId;
  readonly formerId: UserId | undefined;
  readonly wasMember: boolean;
  readonly wasPromoted: boolean;
}

type Params = { readonly organizationId: Team['organizationId']; readonly teamId: Team['id'] };

/** Restores a team's previous lead, unless it was changed again meanwhile. */
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

/** Restores a person's previous role, unless they now lead another team. */
async function roleBack(api: CallApi, { organizationId }: Params, userId: UserId): Promise<void> {
  const params = { organizationId, userId };
  const { role, teams, revision } = await api(userRoutes.getUser, { params, query: {} });
  if (role !== 'team_leader' || Object.values(teams).includes('leader')) return;
  await api(userRoutes.updateUser, { params, body: { role: 'team_member' }, revision });
}

/** Makes a person the lead of a team, with the role this requires, and offers to undo exactly that. */
function useNameLead(team: Team, onNamed: () => void) {
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

interface Props {
  readonly team: Team;
  readonly onClose: () => void;
}

/** Confirms making a member the lead, and explains the effect. */
export function MakeLead({ team, member, onClose }: Props & { readonly member: TeamMember }) {
  const { api } = useSession();
  const { teams } = useTexts();
  const query = useQuery(personQuery(api, team.organizationId, member.userId));
  const naming = useNameLead(team, onClose);
  const person = query.data;
  return (
    <FormDialog
      title={teams.makeLeadTitle(member.name ?? member.userId, team.name)}
      action={teams.makeLeader}
      isComplete={person !== undefined}
      sending={{
        pending: naming.isPending,
        error: naming.error,
        submit: () => {
          if (person !== undefined) naming.mutate(person);
        },
      }}
      onClose={onClose}
    >
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading rows={2} />}
      {person !== undefined && <Consequences team={team} person={person} />}
    </FormDialog>
  );
}

/** Chooses a team's lead: a member, or someone who joins the team as lead. */
export function NameLead({ team, onClose }: Props) {
  const { teams, common } = useTexts();
  const candidates = useCandidates(team.organizationId);
  const [chosen, choose] = useState<string | null>(null);
  const naming = useNameLead(team, onClose);
  const person = chosen === null ? undefined : candidates.knownAs(chosen);
  const inside = new Set<string>(team.members.map(({ userId }) => userId));
  const people = candidates.found.filter(({ userId }) => userId !== team.leaderId);
  const first = [...people].sort((a, b) => Number(inside.has(b.userId)) - Number(inside.has(a.userId)));
  return (
    <FormDialog
      title={teams.nameLeadOf(team.name)}
      action={teams.makeLeader}
      isComplete={person !== undefined}
      sending={{
        pending: naming.isPending,
        error: naming.error,
        submit: () => {
          if (person !== undefined) naming.mutate(person);
        },
      }}
      onClose={onClose}
    >
      <Select
        label={teams.leader}
        placeholder={teams.choose}
        data={optionsOf(first)}
        value={chosen}
        onChange={choose}
        searchable
        searchValue={candidates.typed}
        onSearchChange={candidates.setTyped}
        filter={({ options }) => options}
        nothingFoundMessage={candidates.isFetching ? common.loading : teams.nobodyFound}
        renderOption={({ option }) => {
          const one = candidates.knownAs(option.value);
          return one === undefined ? option.label : <PersonOption {...one} />;
        }}
        data-autofocus
      />
      {person !== undefined && <Consequences team={team} person={person} />}
    </FormDialog>
  );
}

/** The effect on this person and on the current lead. */
function Consequences({ team, person }: { readonly team: Team; readonly person: Candidate }) {
  const { teams } = useTexts();
  const former = team.members.find(({ role }) => role === 'leader');
  const isInside = team.members.some(({ userId }) => userId === person.userId);
  const formerName = former === undefined ? undefined : (former.name ?? former.userId);
  const all = [
    teams.willLead(person.name),
    ...(isInside ? [] : [teams.willJoin(person.name)]),
    ...(person.role === 'team_member' ? [teams.willBePromoted(person.name)] : []),
    ...(formerName === undefined ? [] : [teams.willStay(formerName)]),
  ];
  return (
    <Stack gap={6}>
      {all.map((sentence) => (
        <Text key={sentence} size="sm">
          {sentence}
        </Text>
      ))}
    </Stack>
  );
}
