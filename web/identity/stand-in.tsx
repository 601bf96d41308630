import { Alert, Skeleton, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { useChange } from '../lib/change.ts';
import { useTexts } from '../text/language.tsx';
import type { Identity } from './identity.ts';
import classes from './stand-in.module.css';

const client = z.object({
  people: z.array(
    z.object({ userId: z.string(), name: z.string(), email: z.string(), description: z.string() }),
  ),
  session: z.nullable(z.object({ userId: z.string() })),
});

const answer = z.object({ jwt: z.string() });
const lifetime = z.object({ exp: z.number() });

/** When a token expires, in seconds since the epoch. */
function expiryOf(jwt: string): number {
  const payload = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  return lifetime.parse(JSON.parse(atob(payload))).exp;
}

const spareSeconds = 15;

const StandInConfirm = lazy(() =>
  import('./stand-in-confirm.tsx').then((module) => ({ default: module.StandInConfirm })),
);

const StandInAccount = lazy(() =>
  import('./stand-in-account.tsx').then((module) => ({ default: module.StandInAccount })),
);

/** The local run's stand-in for Clerk, below `url` on this origin. Its session is an HTTP-only cookie. */
export function standIn(url: string): Identity {
  const post = (path: string, body?: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const read = async () => client.parse(await (await fetch(`${url}/client`)).json());
  const asking = askings();
  let held: { readonly jwt: string; readonly expires: number } | null = null;

  return {
    signedIn: async () => (await read()).session !== null,
    async token() {
      if (held !== null && held.expires - Date.now() / 1000 > spareSeconds) return held.jwt;
      const response = await post('/client/token');
      if (!response.ok) return null;
      const { jwt } = answer.parse(await response.json());
      held = { jwt, expires: expiryOf(jwt) };
      return jwt;
    },
    async signOut() {
      held = null;
      await post('/client/sign-out');
    },
    async confirm() {
      const confirmed = await asking.ask();
      // The cached token predates the confirmation.
      held = null;
      return confirmed;
    },
    renderSignIn: (onSignedIn) => (
      <StandInSignIn
        readPeople={async () => (await read()).people}
        signIn={async (userId) => {
          held = null;
          const response = await post('/client/sign-in', { userId });
          if (!response.ok) throw new Error('This person can’t sign in. Choose somebody else.');
          onSignedIn();
        }}
      />
    ),
    renderAccount: () => (
      <Suspense fallback={<Skeleton height={280} />}>
        <StandInAccount
          read={async () => (await fetch(`${url}/client/account`)).json()}
          send={async (path, body) => {
            const response = await post(path, body);
            if (!response.ok) throw new Error(`The sign-in service answered ${response.status}.`);
          }}
        />
      </Suspense>
    ),
    wrap: (app) => (
      <>
        {app}
        <Confirming
          asking={asking}
          verify={async () => {
            const response = await post('/client/verify', {});
            if (!response.ok) throw new Error(`The sign-in service answered ${response.status}.`);
          }}
        />
      </>
    ),
  };
}

type Asking = ReturnType<typeof askings>;

/** Requests for confirmation, made from outside React. */
function askings() {
  let answer: ((confirmed: boolean) => void) | null = null;
  const listeners = new Set<() => void>();
  const set = (next: typeof answer) => {
    answer = next;
    for (const listener of listeners) listener();
  };
  return {
    ask: () => new Promise<boolean>((resolve) => set(resolve)),
    current: () => answer,
    answered(confirmed: boolean) {
      answer?.(confirmed);
      set(null);
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

interface ConfirmingProps {
  readonly asking: Asking;
  readonly verify: () => Promise<void>;
}

/** The confirmation dialog, while a request is open. */
function Confirming({ asking, verify }: ConfirmingProps) {
  const answer = useSyncExternalStore(asking.subscribe, asking.current);
  if (answer === null) return null;
  return (
    <Suspense fallback={null}>
      <StandInConfirm verify={verify} onAnswered={asking.answered} />
    </Suspense>
  );
}

/** A person with an account. */
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

/** Lists all accounts; one click signs in. */
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
  // A dialog looks for `data-autofocus` when it opens, which may be before the list has loaded.
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
