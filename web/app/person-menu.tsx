import { ActionIcon, Group, Menu, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMember } from '../lib/me.tsx';
import { languages, useLanguage } from '../text/language.tsx';

/** Who is signed in; colours, language, and the way out. */
export function PersonMenu({ onSignOut }: { readonly onSignOut: () => void }) {
  const { user } = useMember();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, speak, texts } = useLanguage();
  const { shell, common } = texts;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <Group gap="xs" wrap="nowrap">
            <ActionIcon component="span" variant="light" radius="xl" size="lg" aria-hidden>
              {Array.from(user.name)[0]}
            </ActionIcon>
            <Text hiddenFrom="xs" component="span" className="visually-hidden">
              {user.name}
            </Text>
            <Stack gap={0} visibleFrom="xs">
              <Text size="sm" fw={600} lh={1.2} maw={200} truncate>
                <bdi>{user.name}</bdi>
              </Text>
              <Text size="xs" c="dimmed" lh={1.2}>
                {common.roles[user.role]}
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
            {shell.colours[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {languages.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            onClick={() => void speak(one)}
            rightSection={one === language ? '✓' : undefined}
          >
            {shell.languages[one]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onSignOut}>{shell.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
