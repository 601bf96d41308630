import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import IconBuildingSkyscraper from '@tabler/icons-react/icons/IconBuildingSkyscraper';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import IconSelector from '@tabler/icons-react/icons/IconSelector';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { MenuItem } from '../components/menu-item.tsx';
import { may, organizationSummaryQuery, useMember } from '../lib/member.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { useVisited } from './navigation.ts';
import { useRecentOrganizations } from './recent-organizations.ts';
import classes from './shell.module.css';

const organizationsAddress: string = '/admin/organizations';

/** Shows the current context, the platform or an organization, and lets a super admin switch. */
export function ContextSwitcher({ onSearch }: { readonly onSearch: () => void }) {
  const member = useMember();
  const visited = useVisited();
  if (!may(member, 'list', 'Organization', PLATFORM))
    return (
      <div className={classes.context}>
        <Here name={member.organization.name} />
      </div>
    );
  return <Switcher visited={visited} onSearch={onSearch} />;
}

function Here({ name, note }: { readonly name: string; readonly note?: ReactNode }) {
  return (
    <>
      <Avatar component="span" name={name} color="initials" size={28} radius="sm" aria-hidden />
      <span className={classes.contextName}>
        <Text component="span" display="block" size="sm" fw={600} lh={1.25} truncate title={name}>
          <bdi>{name}</bdi>
        </Text>
        {note !== undefined && (
          <Text component="span" display="block" size="xs" c="dimmed" lh={1.25}>
            {note}
          </Text>
        )}
      </span>
    </>
  );
}

interface SwitcherProps {
  readonly visited: OrganizationId | null;
  readonly onSearch: () => void;
}

function Switcher({ visited, onSearch }: SwitcherProps) {
  const { user, organization, landingPath } = useMember();
  const { shell } = useTexts();
  const navigate = useNavigate();
  const [recent, add] = useRecentOrganizations(user.userId);
  const current = useVisitedName(visited);
  useEffect(() => {
    if (visited !== null && current !== undefined) add({ id: visited, name: current });
  }, [visited, current, add]);
  const name = visited === null ? organization.name : (current ?? shell.context.organization);
  return (
    <Menu position="bottom-start" width="target" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.context} data-button>
          <span className="visually-hidden">{shell.context.switch('')}</span>
          <Here name={name} note={visited === null ? shell.context.platform : shell.context.organization} />
          <IconSelector size={16} aria-hidden className={classes.contextIcon} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Place
          name={organization.name}
          isHere={visited === null}
          onOpen={() => void navigate({ to: landingPath })}
        />
        {recent.length > 0 && <Menu.Label>{shell.context.recent}</Menu.Label>}
        {recent.map(({ id, name: title }) => (
          <Place
            key={id}
            name={title}
            isHere={id === visited}
            onOpen={() => void navigate({ to: `/organizations/${id}` })}
          />
        ))}
        <Menu.Divider />
        <MenuItem leftSection={<IconSearch size={16} aria-hidden />} onClick={onSearch}>
          {shell.context.search}
        </MenuItem>
        <MenuItem
          leftSection={<IconBuildingSkyscraper size={16} aria-hidden />}
          onClick={() => void navigate({ to: organizationsAddress })}
        >
          {shell.context.all}
        </MenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}

export function useVisitedName(visited: OrganizationId | null): string | undefined {
  const { api } = useSession();
  const own = useMember().organization.id;
  const { data } = useQuery({
    ...organizationSummaryQuery(api, visited ?? own),
    enabled: visited !== null,
  });
  return visited === null ? undefined : data?.name;
}

interface PlaceProps {
  readonly name: string;
  readonly isHere: boolean;
  readonly onOpen: () => void;
}

const Place = ({ name, isHere, onOpen }: PlaceProps) => (
  <MenuItem
    leftSection={<Avatar component="span" name={name} color="initials" size={20} radius="xs" aria-hidden />}
    rightSection={isHere ? <IconCheck size={16} aria-hidden /> : undefined}
    onClick={onOpen}
  >
    <bdi>{name}</bdi>
  </MenuItem>
);
