import { ActionIcon, Anchor, AppShell, Group, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys, useMediaQuery, useNetwork, useReducedMotion } from '@mantine/hooks';
import IconMenu2 from '@tabler/icons-react/icons/IconMenu2';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import IconX from '@tabler/icons-react/icons/IconX';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import type { OrganizationSummary } from '../../domain/organization/organization.schema.ts';
import { Brand } from '../components/brand.tsx';
import { LeaveGuard } from '../components/form/discard-dialog.tsx';
import { leaveNotices, useErrorNotice } from '../components/notify.tsx';
import { offline } from '../lib/api-error.ts';
import { may, organizationSummaryQuery, useMember } from '../lib/member.tsx';
import { useSession } from '../lib/session.tsx';
import { useCurrentSupport } from '../lib/visit.tsx';
import { useTexts } from '../text/language.tsx';
import { ContextSwitcher } from './context-switcher.tsx';
import { linksOf, organizationLinks, type PageLink, useVisited } from './navigation.ts';
import { PersonMenu } from './person-menu.tsx';
import { PrintHeader } from './print-header.tsx';
import classes from './shell.module.css';

const VisitBanner = lazy(() =>
  import('../features/support-access/visit-banner.tsx').then((module) => ({ default: module.VisitBanner })),
);
const SupportNotice = lazy(() =>
  import('../features/support-access/notice.tsx').then((module) => ({ default: module.SupportNotice })),
);
const FrozenNotice = lazy(() =>
  import('../features/departures/frozen-notice.tsx').then((module) => ({ default: module.FrozenNotice })),
);

const load = {
  palette: () => import('./command-palette.tsx'),
  shortcuts: () => import('./shortcuts.tsx'),
} as const;
const CommandPalette = lazy(load.palette);
const Shortcuts = lazy(load.shortcuts);

/** The palette's shortcut, as this platform's keyboard shows it. */
const paletteKeys = /Mac|iP(?:hone|ad)/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

const slideMilliseconds = 200;

interface ShellProps {
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** The frame around every page: context, navigation, user menu. */
export function Shell({ onSignOut, children }: ShellProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const [over, setOver] = useState<keyof typeof load | null>(null);
  const say = useErrorNotice();
  const isStill = useReducedMotion();
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const { pathname } = useLocation();
  const { shell, common } = useTexts();
  const show = (what: keyof typeof load) =>
    // Loaded before it is rendered: a failed download would otherwise unmount the page and lose its unsaved
    // input.
    void load[what]().then(
      () => setOver(what),
      () => say(offline()),
    );
  const find = () => show('palette');
  const showShortcuts = () => show('shortcuts');
  const closeOver = () => setOver(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the address changes
  useEffect(() => {
    close();
    leaveNotices();
  }, [pathname]);
  useHotkeys([['mod+K', find]], []);
  // Some keyboard layouts don't need Shift for it.
  useHotkeys([
    ['?', showShortcuts],
    ['shift+?', showShortcuts],
  ]);
  const person = <PersonMenu onSignOut={onSignOut} onShortcuts={showShortcuts} compact={isPhone} />;
  return (
    <AppShell
      layout="alt"
      header={{ height: 52, collapsed: !isPhone }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
      transitionDuration={isStill ? 0 : slideMilliseconds}
    >
      <a href="#content" className="skip-link">
        {common.skip}
      </a>
      {isPhone && (
        <AppShell.Header className={classes.header}>
          <Group h="100%" px="xs" justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              <MenuButton opened={opened} onClick={toggle} />
              <Brand />
            </Group>
            <Group gap="xs" wrap="nowrap">
              <ActionIcon variant="subtle" color="gray" size="xl" onClick={find} aria-label={shell.find}>
                <IconSearch size={20} aria-hidden />
              </ActionIcon>
              {person}
            </Group>
          </Group>
        </AppShell.Header>
      )}
      <AppShell.Navbar className={classes.sidebar} aria-label={shell.main} component="nav">
        {isPhone && opened && (
          <Group justify="flex-end">
            <MenuButton opened onClick={toggle} />
          </Group>
        )}
        <ContextSwitcher onSearch={find} />
        {!isPhone && (
          <UnstyledButton className={classes.find} onClick={find} title={shell.find}>
            <IconSearch size={16} aria-hidden />
            <span className={classes.findWord}>{shell.search}</span>
            <Kbd size="xs">{paletteKeys}</Kbd>
          </UnstyledButton>
        )}
        <div className={classes.links}>
          <Links />
        </div>
        {!isPhone && person}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className={classes.content}>
          <PrintHeader />
          <Offline />
          <VisitNotice />
          <LeavingNotice />
          {children}
        </div>
      </AppShell.Main>
      <LeaveGuard />
      <Suspense fallback={null}>
        {over === 'palette' && (
          <CommandPalette onClose={closeOver} onShortcuts={showShortcuts} onSignOut={onSignOut} />
        )}
        {over === 'shortcuts' && <Shortcuts paletteKeys={paletteKeys} onClose={closeOver} />}
      </Suspense>
    </AppShell>
  );
}

function MenuButton({ opened, onClick }: { readonly opened: boolean; readonly onClick: () => void }) {
  const { menu } = useTexts().shell;
  const Icon = opened ? IconX : IconMenu2;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="xl"
      onClick={onClick}
      aria-label={menu}
      aria-expanded={opened}
    >
      <Icon size={20} aria-hidden />
    </ActionIcon>
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

/** The closest parent of a path among these links, so that a detail page highlights its list. */
const nearest = (links: readonly PageLink[], pathname: string): string | undefined =>
  links
    .map(({ to }) => to)
    .filter((to) => pathname === to || pathname.startsWith(`${to}/`))
    .sort((a, b) => b.length - a.length)[0];

/** Links to the pages of the platform or of the visited organization. */
function Links() {
  const member = useMember();
  const visited = useVisited();
  const { pathname } = useLocation();
  const texts = useTexts();
  const links = visited === null ? linksOf(member) : organizationLinks(member, visited);
  const here = nearest(links, pathname);
  return links.map(({ menu: { title, icon: Icon, badge: Waiting }, to }) => (
    <Link
      key={to}
      to={to}
      activeOptions={{ exact: true }}
      className={classes.link}
      {...(to === here ? { 'data-active': true } : {})}
      {...(pathname === to ? { 'aria-current': 'page' as const } : {})}
    >
      <Icon size={18} stroke={1.75} aria-hidden />
      {title(texts)}
      {Waiting !== undefined && (
        <Suspense fallback={null}>
          <Waiting />
        </Suspense>
      )}
    </Link>
  ));
}

/**
 * Shows super admins, on every page, which organization they are visiting, and shows the organization's
 * admins who has access.
 */
function VisitNotice() {
  const visited = useVisited();
  const member = useMember();
  const { user, organization } = member;
  const { pathname } = useLocation();
  if (visited !== null && user.role === 'super_admin') return <Visiting organizationId={visited} />;
  const tells =
    pathname.startsWith(`/organizations/${organization.id}`) &&
    may(member, 'create', 'SupportConsent', organization.id);
  return tells ? (
    <Suspense fallback={null}>
      <SupportNotice organizationId={organization.id} />
    </Suspense>
  ) : null;
}

/** Shows on every page of a leaving organization that it is frozen. */
function LeavingNotice() {
  const { api } = useSession();
  const { user, organization: own } = useMember();
  const visited = useVisited();
  const isVisit = visited !== null && user.role === 'super_admin';
  const { data } = useQuery({ ...organizationSummaryQuery(api, visited ?? PLATFORM), enabled: isVisit });
  const { id, deletionFrom } = (isVisit ? data : own) ?? {};
  return id === undefined || deletionFrom === undefined ? null : (
    <Suspense fallback={null}>
      <FrozenNotice organizationId={id} deletionFrom={deletionFrom} isVisit={isVisit} />
    </Suspense>
  );
}

function Visiting({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { data } = useQuery(organizationSummaryQuery(api, organizationId));
  const current = useCurrentSupport();
  if (data === undefined || current === undefined) return null;
  if (current.stage === 'open') return <OpenBanner organization={data} />;
  const { supportAccess, viewing } = current;
  if (supportAccess?.state !== 'open') return null;
  return (
    <Suspense fallback={null}>
      <VisitBanner organization={data} access={supportAccess} viewing={viewing} />
    </Suspense>
  );
}

/** Shown in stages that don't require support access. */
function OpenBanner({ organization: { id, name } }: { readonly organization: OrganizationSummary }) {
  const { shell } = useTexts();
  return (
    <Group className="banner" p="xs" mb="md" justify="space-between" role="note">
      <Text size="sm">{shell.visiting(name)}</Text>
      <Anchor component={Link} to={`/admin/organizations/${id}`} size="sm" c="inherit" underline="always">
        {shell.leaveOrganization}
      </Anchor>
    </Group>
  );
}
