import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  Menu,
  NavLink,
  Stack,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { Brand } from '../components/brand.tsx';
import { useMember } from '../lib/me.tsx';
import { roleWords } from '../lib/words.ts';
import { linksOf } from './links.ts';

interface ShellProps {
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** What is around every page: where one can go, who one is, and the way out. */
export function Shell({ onSignOut, children }: ShellProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const member = useMember();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the address changes
  useEffect(close, [pathname]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 230, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="lg"
    >
      <a href="#content" className="skip-link">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Menu"
              aria-expanded={opened}
            />
            <Brand />
          </Group>
          <PersonMenu onSignOut={onSignOut} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Main">
        <Stack gap={4}>
          <Text size="sm" c="dimmed" px="sm" truncate>
            {member.organization.name}
          </Text>
          {linksOf(member).map(({ title, to }) => (
            <NavLink
              activeOptions={{ exact: true }}
              key={to}
              component={Link}
              to={to}
              label={title}
              active={pathname === to}
              {...(pathname === to ? { 'aria-current': 'page' as const } : {})}
            />
          ))}
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div style={{ maxWidth: '75rem', margin: '0 auto' }}>{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}

function PersonMenu({ onSignOut }: { readonly onSignOut: () => void }) {
  const { user } = useMember();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <Group gap="xs" wrap="nowrap">
            <ActionIcon component="span" variant="light" radius="xl" size="lg" aria-hidden>
              {user.name.slice(0, 1)}
            </ActionIcon>
            <Text hiddenFrom="xs" component="span" className="visually-hidden">
              {user.name}
            </Text>
            <Stack gap={0} visibleFrom="xs">
              <Text size="sm" fw={600} lh={1.2}>
                {user.name}
              </Text>
              <Text size="xs" c="dimmed" lh={1.2}>
                {roleWords[user.role]}
              </Text>
            </Stack>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={scheme === colorScheme ? '✓' : undefined}
          >
            {{ auto: 'Colours of the system', light: 'Light', dark: 'Dark' }[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onSignOut}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
