import { Alert, Skeleton, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useChange } from '../lib/change.ts';
import { useTexts } from '../text/language.tsx';
import classes from './stand-in-sign-in.module.css';

/** Somebody who has an account. */
interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly description: string;
}

interface Props {
  readonly readPeople: () => Promise<readonly Person[]>;
  readonly signIn: (userId: string) => Promise<void>;
}

const many = 8;

const matches = ({ name, email, description }: Person, words: string) =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${name} ${email} ${description}`.toLowerCase().includes(word));

/** Everybody who has an account here, each a click away. */
export function StandInSignIn({ readPeople, signIn }: Props) {
  const { standIn } = useTexts().session;
  const [search, setSearch] = useState('');
  const people = useQuery({ queryKey: ['people'], queryFn: readPeople, staleTime: 0 });
  const entering = useChange({ mutationFn: signIn });
  if (people.isPending) return <Skeleton height={280} aria-label={standIn.loading} />;
  if (people.isError)
    return (
      <Alert color="red" title={standIn.silent}>
        {standIn.silentText}
      </Alert>
    );
  const found = people.data.filter((person) => matches(person, search));
  return (
    <Stack gap="sm">
      {people.data.length > many && <Find search={search} onSearch={setSearch} />}
      {entering.isError && <Alert color="red">{entering.error.message}</Alert>}
      <ul className={classes.people} aria-label={standIn.people}>
        {found.map(({ userId, name, email, description }) => (
          <li key={userId}>
            <UnstyledButton
              className={classes.person ?? ''}
              disabled={entering.isPending}
              onClick={() => entering.mutate(userId)}
            >
              <Text component="span" display="block" fw={600}>
                <bdi>{name}</bdi>
              </Text>
              <Text component="span" display="block" size="sm">
                {description}
              </Text>
              <Text component="span" display="block" size="sm" c="dimmed">
                {email}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {found.length === 0 && <Text c="dimmed">{standIn.nobody(search)}</Text>}
    </Stack>
  );
}

interface FindProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

function Find({ search, onSearch }: FindProps) {
  const { standIn } = useTexts().session;
  const field = useRef<HTMLInputElement>(null);
  // A dialog looks for `data-autofocus` when it opens, which may be before there are people to find.
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <TextInput
      ref={field}
      data-autofocus
      label={standIn.find}
      placeholder={standIn.findPlaceholder}
      value={search}
      onChange={({ currentTarget }) => onSearch(currentTarget.value)}
    />
  );
}
