import { ActionIcon, Anchor, AppShell, Button, Group, Kbd, NavLink, Stack, Text } from '@mantine/core';
import { useDisclosure, useHotkeys, useNetwork, useReducedMotion } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { OrganizationId } from '../../domain/ids.ts';
import { Brand } from '../components/brand.tsx';
import { useErrorNotice } from '../components/notify.tsx';
import { useAddressOrganization } from '../lib/address.ts';
import { offline } from '../lib/api-error.ts';
import { organizationSummaryQuery, useMember } from '../lib/member.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { linksOf, organizationLinks, type PageLink } from './navigation.ts';
import { PersonMenu } from './person-menu.tsx';

const load = {
  palette: () => import('./command-palette.tsx'),
  shortcuts: () => import('./shortcuts.tsx'),
} as const;
const CommandPalette = lazy(load.palette);
const Shortcuts = lazy(load.shortcuts);

/** What opens the palette, as this machine's keyboard has it. */
const paletteKeys = /Mac|iP(?:hone|ad)/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

const slideMilliseconds = 200;
const lines = 'M3 5h14M3 10h14M3 15h14';
const cross = 'M4 4l12 12M16 4L4 16';

interface ShellProps {
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** What is around every page: where one can go, who one is, and the way out. */
export function Shell({ onSignOut, children }: ShellProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const [over, setOver] = useState<keyof typeof load | null>(null);
  const say = useErrorNotice();
  const isStill = useReducedMotion();
  const { pathname } = useLocation();
  const { shell, common } = useTexts();
  const show = (what: keyof typeof load) =>
    // Before it is drawn: code that can't be fetched would take the page with it, and what was typed there.
    void load[what]().then(
      () => setOver(what),
      () => say(offline()),
    );
  const find = () => show('palette');
  const showShortcuts = () => show('shortcuts');
  const closeOver = () => setOver(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the address changes
  useEffect(close, [pathname]);
  useHotkeys([['mod+K', find]], []);
  // Not every keyboard needs Shift for it.
  useHotkeys([
    ['?', showShortcuts],
    ['shift+?', showShortcuts],
  ]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 230, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="lg"
      transitionDuration={isStill ? 0 : slideMilliseconds}
    >
      <a href="#content" className="skip-link">
        {common.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={toggle}
              hiddenFrom="sm"
              size="lg"
              aria-label={shell.menu}
              aria-expanded={opened}
            >
              <svg viewBox="0 0 20 20" width={20} height={20} aria-hidden="true">
                <path
                  d={opened ? cross : lines}
                  stroke="currentColor"
                  strokeWidth={2}
                  strokeLinecap="round"
                />
              </svg>
            </ActionIcon>
            <Brand />
          </Group>
          <Group gap="sm" wrap="nowrap">
            <Button
              variant="default"
              size="xs"
              onClick={find}
              visibleFrom="xs"
              rightSection={<Kbd size="xs">{paletteKeys}</Kbd>}
            >
              {shell.find}
            </Button>
            <PersonMenu onSignOut={onSignOut} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={shell.main} component="nav">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div style={{ maxWidth: '75rem', margin: '0 auto' }}>
          <Offline />
          <VisitBanner />
          {children}
        </div>
      </AppShell.Main>
      <Suspense fallback={null}>
        {over === 'palette' && (
          <CommandPalette onClose={closeOver} onShortcuts={showShortcuts} onSignOut={onSignOut} />
        )}
        {over === 'shortcuts' && <Shortcuts paletteKeys={paletteKeys} onClose={closeOver} />}
      </Suspense>
    </AppShell>
  );
}

function Offline() {
  const { online } = useNetwork();
  const { shell } = useTexts();
  return online ? null : (
    <Text role="status" size="sm" mb="md" p="xs" className="banner">
      {shell.offline}
    </Text>
  );
}

/** One's own pages, and those of the organization that a super admin visits. */
function Navigation() {
  const member = useMember();
  const visited = useAddressOrganization();
  const { pathname } = useLocation();
  const own = member.organization.id;
  const isVisit = visited !== null && visited !== own && pathname.startsWith('/organizations/');
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed" px="sm" truncate>
        <bdi>{member.organization.name}</bdi>
      </Text>
      <Links links={linksOf(member)} />
      {isVisit && (
        <Stack gap={4} mt="md" pl="sm">
          <Links links={organizationLinks(member, visited)} />
        </Stack>
      )}
    </Stack>
  );
}

/** The nearest of the links above an address, so that the detail of a thing shows which list it is from. */
const nearest = (links: readonly PageLink[], pathname: string): string | undefined =>
  links
    .map(({ to }) => to)
    .filter((to) => pathname === to || pathname.startsWith(`${to}/`))
    .sort((a, b) => b.length - a.length)[0];

function Links({ links }: { readonly links: readonly PageLink[] }) {
  const { pathname } = useLocation();
  const texts = useTexts();
  const here = nearest(links, pathname);
  return links.map(({ menu, to }) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      activeOptions={{ exact: true }}
      label={menu.title(texts)}
      active={to === here}
      {...(pathname === to ? { 'aria-current': 'page' as const } : {})}
    />
  ));
}

/** Reminds a super admin whose organization they are in, on each of its pages. */
function VisitBanner() {
  const member = useMember();
  const visited = useAddressOrganization();
  const { pathname } = useLocation();
  const isVisit =
    visited !== null && visited !== member.organization.id && pathname.startsWith('/organizations/');
  return isVisit && member.user.role === 'super_admin' ? <Banner organizationId={visited} /> : null;
}

function Banner({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { shell } = useTexts();
  const { data } = useQuery(organizationSummaryQuery(api, organizationId));
  if (data === undefined) return null;
  return (
    <Group className="banner" p="xs" mb="md" justify="space-between" role="note">
      <Text size="sm">{shell.visiting(data.name)}</Text>
      <Anchor
        component={Link}
        to={`/admin/organizations/${organizationId}`}
        size="sm"
        c="inherit"
        underline="always"
      >
        {shell.leaveOrganization}
      </Anchor>
    </Group>
  );
}
