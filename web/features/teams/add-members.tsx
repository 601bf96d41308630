import { List, MultiSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { UserId } from '../../../domain/ids.ts';
import type { AddedMembers, Team } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import { type Candidate, optionsOf, PersonOption, useCandidates } from './person-options.tsx';
import { useTeamChange } from './queries.ts';

const most = 25;

interface Props {
  readonly team: Team;
  readonly onClose: () => void;
}

/** Adds several people to a team in one action. */
export function AddMembers({ team, onClose }: Props) {
  const { api } = useSession();
  const texts = useTexts();
  const { teams } = texts;
  const candidates = useCandidates(team.organizationId);
  const [chosen, choose] = useState<string[]>([]);
  const release = useUnsavedGuard(chosen.length > 0);
  const sayAdded = useAddedNotice(team);
  const { shown, params, onSettled } = useTeamChange(team);
  const nameOf = (userId: string) => candidates.knownAs(userId)?.name ?? userId;
  const adding = useChange({
    mutationFn: (userIds: readonly UserId[], key) =>
      api(teamRoutes.addTeamMembers, { params, body: { userIds: [...userIds] }, key }),
    onSuccess: (added) => {
      shown(added.team);
      sayAdded(added, nameOf);
      const refused = added.results.flatMap(({ userId, status }) => (status === 'refused' ? [userId] : []));
      choose(refused);
      if (refused.length > 0) return;
      release();
      onClose();
    },
    onSettled,
  });
  const inside = new Set<string>(team.members.map(({ userId }) => userId));
  const people = peopleFor(candidates, chosen).filter(({ userId }) => !inside.has(userId));
  return (
    <FormDialog
      title={teams.addMembersTo(team.name)}
      action={teams.addCount(chosen.length)}
      isComplete={chosen.length > 0}
      sending={{
        pending: adding.isPending,
        error: adding.error,
        submit: () => adding.mutate(chosen.map((id) => UserId.parse(id))),
        isUnsaved: chosen.length > 0,
      }}
      onClose={onClose}
    >
      <MultiSelect
        label={teams.people}
        description={teams.peopleHint(most)}
        placeholder={chosen.length === 0 ? teams.choose : ''}
        data={optionsOf(people)}
        value={chosen}
        onChange={choose}
        searchable
        searchValue={candidates.typed}
        onSearchChange={candidates.setTyped}
        filter={({ options }) => options}
        hidePickedOptions
        clearSearchOnChange
        maxValues={most}
        nothingFoundMessage={candidates.isFetching ? texts.common.loading : teams.nobodyFound}
        renderOption={({ option }) => {
          const person = candidates.knownAs(option.value);
          return person === undefined ? option.label : <PersonOption {...person} />;
        }}
        comboboxProps={{ withinPortal: true }}
        data-autofocus
      />
      <Refused results={adding.data?.results ?? []} nameOf={nameOf} />
      <Text size="sm" c="dimmed">
        {teams.addMembersText}
      </Text>
    </FormDialog>
  );
}

interface RefusedProps {
  readonly results: AddedMembers['results'];
  readonly nameOf: (userId: string) => string;
}

/** Who couldn't be added, and why. */
function Refused({ results, nameOf }: RefusedProps) {
  const texts = useTexts();
  const refused = results.filter(({ status }) => status === 'refused');
  if (refused.length === 0) return null;
  return (
    <List size="sm" aria-label={texts.teams.notAdded}>
      {refused.map(({ userId, message = '', reason, params }) => (
        <List.Item key={userId}>
          <bdi>{nameOf(userId)}</bdi>: {said(texts, { message, reason, params })}
        </List.Item>
      ))}
    </List>
  );
}

/** The search results, preceded by the people already chosen. */
function peopleFor(
  { found, knownAs }: ReturnType<typeof useCandidates>,
  chosen: readonly string[],
): readonly Candidate[] {
  const before = chosen.flatMap((userId) => knownAs(userId) ?? []);
  return [...before, ...found.filter(({ userId }) => !chosen.includes(userId))];
}

/** Confirms who was added, and offers to remove exactly those. */
function useAddedNotice(team: Team) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const { list } = useFormats();
  const { shown, params, onError, onSettled } = useTeamChange(team);
  const undoing = useChange({
    mutationFn: async (userIds: readonly UserId[]) => {
      let now = await api(teamRoutes.getTeam, { params });
      for (const userId of userIds) {
        const member = now.members.find((one) => one.userId === userId);
        // Anyone who has since left or become lead stays as they are.
        if (member?.role !== 'member') continue;
        const { revision } = now;
        now = await api(teamRoutes.removeTeamMember, { params: { ...params, userId }, revision });
      }
      return now;
    },
    onSuccess: shown,
    onError,
    onSettled,
  });
  return ({ results }: AddedMembers, nameOf: (userId: string) => string) => {
    const added = results.flatMap(({ userId, status }) => (status === 'added' ? [userId] : []));
    if (added.length === 0) return;
    const message = added.length <= 2 ? teams.added(list(added.map(nameOf))) : teams.addedMany(added.length);
    notify({ message, undo: { title: common.undo, run: () => undoing.mutate(added) } });
  };
}
