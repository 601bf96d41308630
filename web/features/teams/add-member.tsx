import { Autocomplete, Button, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Team } from '../../../domain/team/team.schema.ts';
import { notify } from '../../components/notify.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { useMembership } from './membership.ts';
import { candidatesQuery } from './queries.ts';

const typingMilliseconds = 200;

/** Finds somebody of the organization by name or address and puts them into the team. */
export function AddMember({ team }: { readonly team: Team }) {
  const { api } = useSession();
  const { teams } = useTexts();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.split(' · ')[0]?.trim() ?? '', typingMilliseconds);
  const { put } = useMembership(team);
  const { data } = useQuery({
    ...candidatesQuery(api, team.organizationId, search),
    placeholderData: keepPreviousData,
  });
  const inside = new Set(team.members.map(({ userId }) => userId));
  const candidates = (data?.items ?? [])
    .filter(({ userId }) => !inside.has(userId))
    .map(({ userId, name, email }) => ({ userId, name, label: `${name} · ${email}` }));
  const chosen = candidates.find(({ label }) => label === typed);
  const add = () => {
    if (chosen === undefined) return;
    put.mutate(
      { userId: chosen.userId, role: 'member' },
      {
        onSuccess: () => {
          setTyped('');
          notify({ message: teams.added(chosen.name) });
        },
      },
    );
  };
  return (
    <Group align="flex-end" gap="sm">
      <Autocomplete
        label={teams.addMember}
        placeholder={teams.choose}
        data={candidates.map(({ label }) => label)}
        filter={({ options }) => options}
        value={typed}
        onChange={setTyped}
        w={{ base: '100%', sm: 380 }}
      />
      <Button onClick={add} disabled={chosen === undefined} loading={put.isPending}>
        {teams.add}
      </Button>
    </Group>
  );
}
