import { Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { PersonAvatar } from '../../components/links.tsx';
import { useSession } from '../../lib/session.tsx';
import { candidatesQuery } from './queries.ts';

export type Candidate = Pick<User, 'userId' | 'name' | 'email' | 'role'>;

const typingMilliseconds = 200;

/**
 * Server-side search for people by name or email address. Results stay cached, so that chosen people keep
 * their names.
 */
export function useCandidates(organizationId: OrganizationId) {
  const { api } = useSession();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingMilliseconds);
  const known = useRef(new Map<string, Candidate>());
  const { data, isFetching } = useQuery({
    ...candidatesQuery(api, organizationId, search),
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  for (const person of found) known.current.set(person.userId, person);
  return {
    typed,
    setTyped,
    found,
    isFetching,
    knownAs: (userId: string): Candidate | undefined => known.current.get(userId),
  };
}

/** Converts people to options of a combobox. */
export const optionsOf = (people: readonly Candidate[]) =>
  people.map(({ userId, name }) => ({ value: userId, label: name }));

/** A person as an option of a combobox. */
export const PersonOption = ({ name, email }: Pick<Candidate, 'name' | 'email'>) => (
  <Group gap="sm" wrap="nowrap" miw={0}>
    <PersonAvatar name={name} />
    <Stack gap={0} miw={0}>
      <Text size="sm" truncate>
        <bdi>{name}</bdi>
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {email}
      </Text>
    </Stack>
  </Group>
);
