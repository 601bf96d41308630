import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { PLATFORM } from '../../domain/ids.ts';
import { organizationsRoutes } from '../../functions/http/organization/platform-routes.ts';
import { useAddressOrganization } from '../lib/address.ts';
import { may, useMember } from '../lib/member.tsx';
import { useReturnFocus } from '../lib/return-focus.ts';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { linksOf, organizationLinks } from './navigation.ts';

interface PaletteProps {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
  readonly onSignOut: () => void;
}

interface Command {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
}

const typingMilliseconds = 150;
const most = 8;

/** Every page and, for a super admin, every organization, by a few letters. Opened by Ctrl/⌘ K. */
export default function CommandPalette({ onClose, onShortcuts, onSignOut }: PaletteProps) {
  const { shell, common } = useTexts();
  useReturnFocus();
  // Opened by its own store: one that is held open from outside takes no Escape.
  const [[store, { open }]] = useState(createSpotlight);
  useEffect(open, [open]);
  const [words, setWords] = useState('');
  const { found, searching } = useOrganizations(words);
  const groups = [
    { label: shell.groups.pages, commands: usePages().filter(labelled(words)) },
    { label: shell.groups.organizations, commands: found },
    {
      label: shell.groups.you,
      commands: [
        { id: 'shortcuts', label: shell.shortcuts, run: onShortcuts },
        { id: 'sign-out', label: shell.signOut, run: onSignOut },
      ].filter(labelled(words)),
    },
  ];
  const shown = groups.filter(({ commands }) => commands.length > 0);
  const ids = shown.flatMap(({ commands }) => commands.map(({ id }) => id)).join(' ');
  const enter = useFirst(store, { words, ids, searching });
  return (
    <Spotlight.Root
      store={store}
      attributes={{ content: { 'aria-label': shell.find } }}
      shortcut={null}
      query={words}
      onQueryChange={setWords}
      onSpotlightClose={onClose}
      scrollable
    >
      <Spotlight.Search placeholder={shell.find} aria-label={shell.find} onKeyDown={enter} />
      <Spotlight.ActionsList>
        {shown.map(({ label, commands }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {commands.map(({ id, label: title, run }) => (
              <Spotlight.Action
                key={id}
                label={title}
                onClick={() => {
                  onClose();
                  run();
                }}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {shown.length === 0 && (
          <Spotlight.Empty>{searching ? common.loading : shell.nothingFound}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const labelled =
  (words: string) =>
  ({ label }: Command): boolean =>
    label.toLowerCase().includes(words.trim().toLowerCase());

type Store = ReturnType<typeof createSpotlight>[0];

interface Shown {
  readonly words: string;
  /** What is shown, in its order. */
  readonly ids: string;
  /** Whether something may still be found. */
  readonly searching: boolean;
}

/** Marks the first of what is shown, as the library marks what Enter takes. */
function markFirst(store: Store): void {
  const actions = document.querySelectorAll('[data-action]');
  for (const action of actions) action.removeAttribute('data-selected');
  actions[0]?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

/**
 * Keeps something marked for Enter; an Enter that comes while nothing is found yet takes the first that is.
 */
function useFirst(store: Store, { words, ids, searching }: Shown) {
  const isEntered = useRef(false);
  const { opened } = useSpotlight(store);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words are another search
  useEffect(() => {
    isEntered.current = false;
    markFirst(store);
  }, [words, opened, store]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was marked may be gone by then
  useEffect(() => {
    if (document.querySelector('[data-action][data-selected]') === null) markFirst(store);
    if (!isEntered.current || ids === '') return;
    isEntered.current = false;
    document.querySelector<HTMLElement>('[data-action]')?.click();
  }, [ids, opened, store]);
  return ({ key }: KeyboardEvent) => {
    if (key === 'Enter') isEntered.current = ids === '' && searching;
  };
}

function usePages(): Command[] {
  const member = useMember();
  const navigate = useNavigate();
  const visited = useAddressOrganization();
  const texts = useTexts();
  const own = linksOf(member);
  const theirs =
    visited === null || visited === member.organization.id ? [] : organizationLinks(member, visited);
  return [...own, ...theirs].map(({ menu, to }) => ({
    id: to,
    label: menu.title(texts),
    run: () => void navigate({ to }),
  }));
}

/**
 * What the server finds for the words, by more than names; what it found for other words only if its name has
 * these.
 */
function useOrganizations(words: string): {
  readonly found: readonly Command[];
  readonly searching: boolean;
} {
  const { api } = useSession();
  const navigate = useNavigate();
  const allowed = may(useMember(), 'list', 'Organization', PLATFORM);
  const wanted = words.trim();
  const [search] = useDebouncedValue(wanted, typingMilliseconds);
  const { data, isPlaceholderData, isError } = useQuery({
    queryKey: ['palette', search],
    queryFn: ({ signal }) =>
      api(organizationsRoutes.listOrganizations, { query: { search, limit: most }, signal }),
    enabled: allowed && search !== '',
    placeholderData: keepPreviousData,
  });
  if (!allowed || wanted === '') return { found: [], searching: false };
  const isOld = search !== wanted || isPlaceholderData;
  const commands = (data?.items ?? []).map(({ id, name }) => ({
    id,
    label: name,
    run: () => void navigate({ to: `/admin/organizations/${id}` }),
  }));
  return {
    found: isOld ? commands.filter(labelled(wanted)) : commands,
    searching: search !== wanted || (!isError && (data === undefined || isPlaceholderData)),
  };
}
