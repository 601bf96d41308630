import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { PLATFORM } from '../../domain/ids.ts';
import { organizationsRoutes } from '../../functions/http/routes/organizations.routes.ts';
import { may } from '../lib/access.ts';
import { useAddressOrganization } from '../lib/address.ts';
import { useMember } from '../lib/me.tsx';
import { useReturnFocus } from '../lib/return-focus.ts';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { linksOf, organizationLinks } from './links.ts';

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
  const { shell } = useTexts();
  useReturnFocus();
  // Opened by its own store: one that is held open from outside takes no Escape.
  const [[store, { open }]] = useState(createSpotlight);
  useEffect(open, [open]);
  const [words, setWords] = useState('');
  const groups = [
    { label: shell.groups.pages, commands: usePages() },
    { label: shell.groups.organizations, commands: useOrganizations(words) },
    {
      label: shell.groups.you,
      commands: [
        { id: 'shortcuts', label: shell.shortcuts, run: onShortcuts },
        { id: 'sign-out', label: shell.signOut, run: onSignOut },
      ],
    },
  ];
  const shown = groups
    .map(({ label, commands }) => ({
      label,
      commands: commands.filter((command) => command.label.toLowerCase().includes(words.toLowerCase())),
    }))
    .filter(({ commands }) => commands.length > 0);
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
      <Spotlight.Search placeholder={shell.find} aria-label={shell.find} />
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
        {shown.length === 0 && <Spotlight.Empty>{shell.nothingFound}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function usePages(): Command[] {
  const member = useMember();
  const navigate = useNavigate();
  const visited = useAddressOrganization();
  const { links: titles } = useTexts().shell;
  const own = linksOf(member);
  const theirs =
    visited === null || visited === member.organization.id ? [] : organizationLinks(member, visited);
  return [...own, ...theirs].map(({ title, to }) => ({
    id: to,
    label: titles[title],
    run: () => void navigate({ to }),
  }));
}

function useOrganizations(words: string): Command[] {
  const { api } = useSession();
  const navigate = useNavigate();
  const allowed = may(useMember(), 'list', 'Organization', PLATFORM);
  const [search] = useDebouncedValue(words.trim(), typingMilliseconds);
  const { data } = useQuery({
    queryKey: ['palette', search],
    queryFn: ({ signal }) =>
      api(organizationsRoutes.listOrganizations, { query: { search, limit: most }, signal }),
    enabled: allowed && search !== '',
    placeholderData: keepPreviousData,
  });
  if (!allowed || search === '') return [];
  return (data?.items ?? []).map(({ id, name }) => ({
    id,
    label: name,
    run: () => void navigate({ to: `/admin/organizations/${id}` }),
  }));
}
