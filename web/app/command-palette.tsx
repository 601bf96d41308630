import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import type { TablerIcon } from '@tabler/icons-react';
import IconKeyboard from '@tabler/icons-react/icons/IconKeyboard';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { PLATFORM } from '../../domain/ids.ts';
import { features } from '../features.ts';
import type { Found } from '../lib/feature.ts';
import { may, useMember } from '../lib/member.tsx';
import { useReturnFocus } from '../lib/return-focus.ts';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { usePlaces, useVisited } from './navigation.ts';

const typingMilliseconds = 150;

/**
 * Server-side search results, per feature. They match more than names, so they aren't filtered again;
 * results of an earlier query are discarded.
 */
function useFindings(words: string) {
  const { api } = useSession();
  const member = useMember();
  const texts = useTexts();
  const here = useVisited() ?? member.organization.id;
  const wanted = words.trim();
  const [settled] = useDebouncedValue(wanted, typingMilliseconds);
  const isSettled = settled === wanted && wanted !== '';
  const finders = features.flatMap(({ name, finds }) => {
    const organizationId = finds?.under === 'admin' ? PLATFORM : here;
    const isAllowed = finds !== undefined && may(member, ...finds.needs, organizationId);
    // The platform has no people or teams to search for.
    const isHere = finds?.under === 'admin' || here !== PLATFORM;
    return isAllowed && isHere ? [{ name, organizationId, ...finds }] : [];
  });
  const answers = useQueries({
    queries: finders.map(({ name, organizationId, load }) => ({
      queryKey: ['palette', name, organizationId, settled],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<readonly Found[]> =>
        (await load())({ api, organizationId, words: settled, signal }),
      enabled: isSettled,
    })),
  });
  const found = finders.map(({ title, icon }, index) => ({
    title: title(texts),
    items: isSettled ? (answers[index]?.data ?? []).map((item) => ({ ...item, icon })) : [],
  }));
  const searching =
    finders.length > 0 && wanted !== '' && (!isSettled || answers.some((one) => one.isLoading));
  return { found, searching };
}

interface PaletteProps {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
  readonly onSignOut: () => void;
}

/** One line of the palette. */
interface Command {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon: TablerIcon;
  readonly run: () => void;
}

/**
 * Finds pages, actions, people, teams, KPIs and organizations. Opened with Ctrl/⌘ K; Enter opens the first
 * result.
 */
export default function CommandPalette({ onClose, onShortcuts, onSignOut }: PaletteProps) {
  const { shell, common } = useTexts();
  const navigate = useNavigate();
  useReturnFocus();
  // Opened through its own store: a controlled Spotlight ignores Escape.
  const [[store, { open }]] = useState(createSpotlight);
  useEffect(open, [open]);
  const [words, setWords] = useState('');
  const { pages, acts } = usePlaces();
  const { found, searching } = useFindings(words);
  const leading = <Place extends { readonly to: string; readonly dialog?: string }>(place: Place) => ({
    ...place,
    run: () =>
      void navigate({ to: place.to, search: place.dialog === undefined ? {} : { dialog: place.dialog } }),
  });
  const you: readonly Command[] = [
    { id: 'shortcuts', label: shell.shortcuts, icon: IconKeyboard, run: onShortcuts },
    { id: 'sign-out', label: shell.signOut, icon: IconLogout, run: onSignOut },
  ];
  const isNamed = ({ label }: { readonly label: string }) =>
    label.toLowerCase().includes(words.trim().toLowerCase());
  const groups: readonly { readonly label: string; readonly commands: readonly Command[] }[] = [
    { label: shell.groups.pages, commands: pages.filter(isNamed).map(leading) },
    ...found.map(({ title, items }) => ({ label: title, commands: items.map(leading) })),
    { label: shell.groups.acts, commands: acts.filter(isNamed).map(leading) },
    { label: shell.groups.you, commands: you.filter(isNamed) },
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
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 0 }}
    >
      <Spotlight.Search placeholder={shell.find} aria-label={shell.find} onKeyDown={enter} />
      <Spotlight.ActionsList>
        {shown.map(({ label, commands }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {commands.map(({ id, label: title, hint, icon: Icon, run }) => (
              <Spotlight.Action
                key={id}
                label={title}
                {...(hint === undefined ? {} : { description: hint })}
                leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
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

type Store = ReturnType<typeof createSpotlight>[0];

interface Shown {
  readonly words: string;
  /** Ids of the results, in display order. */
  readonly ids: string;
  /** Whether more results may still arrive. */
  readonly searching: boolean;
}

/** Highlights the first result, the way the library highlights what Enter opens. */
function markFirst(store: Store): void {
  const actions = document.querySelectorAll('[data-action]');
  for (const action of actions) action.removeAttribute('data-selected');
  actions[0]?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

/**
 * Keeps a result highlighted for Enter. If Enter is pressed before anything was found, the first result to
 * arrive is opened.
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
