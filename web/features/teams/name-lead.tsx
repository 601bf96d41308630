import { Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Team, TeamMember } from '../../../domain/team/team.schema.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { type Candidate, optionsOf, PersonOption, useCandidates } from './person-options.tsx';
import { personQuery } from './queries.ts';
import { useNameLead } from './use-lead.ts';

interface Props {
  readonly team: Team;
  readonly onClose: () => void;
}

/** Asks before a member becomes the lead, and says what that changes. */
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

/** Chooses who leads a team: one of its members, or somebody who joins it with that. */
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

/** What changes with it: for the person, and for who leads the team now. */
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
