import { Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconDeviceDesktop from '@tabler/icons-react/icons/IconDeviceDesktop';
import IconKeyboard from '@tabler/icons-react/icons/IconKeyboard';
import IconLanguage from '@tabler/icons-react/icons/IconLanguage';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import IconMoon from '@tabler/icons-react/icons/IconMoon';
import IconSun from '@tabler/icons-react/icons/IconSun';
import IconUser from '@tabler/icons-react/icons/IconUser';
import IconUserCircle from '@tabler/icons-react/icons/IconUserCircle';
import { useNavigate } from '@tanstack/react-router';
import { PLATFORM } from '../../domain/ids.ts';
import { PersonAvatar } from '../components/links.tsx';
import { MenuItem } from '../components/menu-item.tsx';
import { useMember } from '../lib/member.tsx';
import { accountAddress } from '../lib/own-addresses.ts';
import { languages, useLanguage } from '../text/language.tsx';
import classes from './shell.module.css';

interface PersonMenuProps {
  readonly onSignOut: () => void;
  readonly onShortcuts: () => void;
  /** Shows only the avatar when space is short. */
  readonly compact: boolean;
}

const schemes = [
  ['auto', IconDeviceDesktop],
  ['light', IconSun],
  ['dark', IconMoon],
] as const;

const chosen = <IconCheck size={16} aria-hidden />;

/** Menu of the signed-in user: account, theme, language, shortcuts, sign out. */
export function PersonMenu({ onSignOut, onShortcuts, compact }: PersonMenuProps) {
  const { user } = useMember();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, speak, texts } = useLanguage();
  const { shell, common } = texts;
  const navigate = useNavigate();
  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={228}>
      <Menu.Target>
        <UnstyledButton className={classes.person} data-compact={compact || undefined}>
          <PersonAvatar name={user.name} size={28} />
          {compact ? (
            <span className="visually-hidden">{user.name}</span>
          ) : (
            <span className={classes.contextName}>
              <Text component="span" display="block" size="sm" fw={500} lh={1.25} truncate title={user.name}>
                <bdi>{user.name}</bdi>
              </Text>
              <Text component="span" display="block" size="xs" c="dimmed" lh={1.25}>
                {common.roles[user.role]}
              </Text>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        {schemes.map(([scheme, Icon]) => (
          <MenuItem
            key={scheme}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={scheme === colorScheme ? chosen : undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {shell.colours[scheme]}
          </MenuItem>
        ))}
        <Menu.Divider />
        {languages.map((one) => (
          <MenuItem
            key={one}
            lang={one}
            leftSection={<IconLanguage size={16} aria-hidden />}
            rightSection={one === language ? chosen : undefined}
            onClick={() => void speak(one)}
          >
            {shell.languages[one]}
          </MenuItem>
        ))}
        <Menu.Divider />
        {user.organizationId !== PLATFORM && (
          <MenuItem
            leftSection={<IconUser size={16} aria-hidden />}
            onClick={() =>
              void navigate({ to: `/organizations/${user.organizationId}/users/${user.userId}` })
            }
          >
            {texts.session.account.profile}
          </MenuItem>
        )}
        <MenuItem
          leftSection={<IconUserCircle size={16} aria-hidden />}
          onClick={() => void navigate({ to: accountAddress })}
        >
          {texts.session.account.title}
        </MenuItem>
        <MenuItem leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onShortcuts}>
          {shell.shortcuts}
        </MenuItem>
        <MenuItem leftSection={<IconLogout size={16} aria-hidden />} onClick={onSignOut}>
          {shell.signOut}
        </MenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}
