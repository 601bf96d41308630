import { ActionIcon, Box, Flex, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { MenuItem } from '../components/menu-item.tsx';
import { useMember } from '../lib/member.tsx';
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
          <Flex component="span" gap="xs" align="center">
            <ActionIcon component="span" variant="light" radius="xl" size="lg" aria-hidden>
              {Array.from(user.name)[0]}
            </ActionIcon>
            <Text hiddenFrom="xs" component="span" className="visually-hidden">
              {user.name}
            </Text>
            <Box component="span" visibleFrom="xs">
              <Text component="span" display="block" size="sm" fw={600} lh={1.2} maw={200} truncate>
                <bdi>{user.name}</bdi>
              </Text>
              <Text component="span" display="block" size="xs" c="dimmed" lh={1.2}>
                {common.roles[user.role]}
              </Text>
            </Box>
          </Flex>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <MenuItem
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={scheme === colorScheme ? '✓' : undefined}
          >
            {shell.colours[scheme]}
          </MenuItem>
        ))}
        <Menu.Divider />
        {languages.map((one) => (
          <MenuItem
            key={one}
            lang={one}
            onClick={() => void speak(one)}
            rightSection={one === language ? '✓' : undefined}
          >
            {shell.languages[one]}
          </MenuItem>
        ))}
        <Menu.Divider />
        <MenuItem onClick={onSignOut}>{shell.signOut}</MenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}
