import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { RoleBadge, Time } from '../../components/labels.tsx';
import { PersonAvatar } from '../../components/links.tsx';
import type { Column } from '../../components/table/column.ts';
import { teamChoicesQuery } from '../../lib/choices.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import type { Formats } from '../../text/formats.ts';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import classes from './person.module.css';
import { UserActions } from './user-actions.tsx';
import { LastActive, SecondFactor, TeamNames, UserStatusBadge } from './user-labels.tsx';

/** The names of the teams that the user may see, by id. */
export function useTeamNames(organizationId: OrganizationId): ReadonlyMap<string, string> {
  const { api } = useSession();
  const { data } = useQuery(teamChoicesQuery(api, organizationId));
  return useMemo(() => new Map(data?.items.map(({ id, name }) => [id, name])), [data]);
}

/**
 * The columns of the user list. The server sorts by name and joining date; a completely loaded list is also
 * sorted by the others.
 */
export function useUserColumns(organizationId: OrganizationId): readonly Column<User>[] {
  const texts = useTexts();
  const formats = useFormats();
  const names = useTeamNames(organizationId);
  const isAdmin = useMay(organizationId)('update', 'User');
  return useMemo(() => {
    const joined = joiningOf(texts, formats);
    const { lastActive, more } = forAdmins(texts);
    const shown = [...whoTheyAre(texts), teamsOf(texts, formats, names)];
    return isAdmin ? [...shown, lastActive, joined, ...more] : [...shown, joined];
  }, [texts, formats, names, isAdmin]);
}

const whoTheyAre = ({ people, common }: Texts): readonly Column<User>[] => [
  {
    id: 'name',
    title: people.person,
    width: '1.7fr',
    cell: ({ name }) => (
      <Group component="span" display="inline-flex" gap="xs" wrap="nowrap" maw="100%">
        <PersonAvatar name={name} />
        <bdi className={classes.cut} title={name}>
          {name}
        </bdi>
      </Group>
    ),
    text: ({ name }) => name,
    sort: 'name',
  },
  {
    id: 'email',
    title: people.email,
    width: '2fr',
    phone: 'hidden',
    cell: ({ email }) => email,
    sort: ({ email }) => email,
  },
  {
    id: 'role',
    title: people.role,
    width: 130,
    phone: 'fact',
    cell: ({ role }) => <RoleBadge role={role} />,
    text: ({ role }) => common.roles[role],
    sort: ({ role }) => common.roles[role],
  },
  {
    id: 'status',
    title: people.status,
    width: 120,
    phone: 'fact',
    cell: ({ status }) => <UserStatusBadge status={status} />,
    text: ({ status }) => people[status],
    sort: ({ status }) => people[status],
  },
];

function teamsOf({ people }: Texts, { list }: Formats, names: ReadonlyMap<string, string>): Column<User> {
  const namesIn = ({ teams }: User) => Object.keys(teams).flatMap((id) => names.get(id) ?? []);
  return {
    id: 'teams',
    title: people.teams,
    width: '1.2fr',
    cell: ({ organizationId, teams }) => (
      <TeamNames organizationId={organizationId} teams={teams} names={names} />
    ),
    text: (user) => list(namesIn(user)),
    sort: (user) => namesIn(user)[0],
  };
}

const joiningOf = ({ people }: Texts, { date }: Formats): Column<User> => ({
  id: 'joined',
  title: people.joined,
  width: 115,
  cell: ({ createdAt }) => <Time at={createdAt} />,
  text: ({ createdAt }) => date(createdAt),
  sort: 'joined',
});

/** Columns for admins only. */
function forAdmins({ people, common }: Texts) {
  const { profile } = people;
  const lastActive: Column<User> = {
    id: 'lastActive',
    title: profile.lastActive,
    width: 120,
    cell: ({ lastActiveOn }) => <LastActive day={lastActiveOn} />,
    text: ({ lastActiveOn = '' }) => lastActiveOn,
    sort: ({ lastActiveOn }) => lastActiveOn,
  };
  const more: readonly Column<User>[] = [
    {
      id: 'twoFactor',
      title: profile.twoFactor,
      width: 140,
      hidden: true,
      cell: (user) => <SecondFactor user={user} />,
      text: ({ twoFactor }) => (twoFactor === undefined ? '' : profile.twoFactorIs(twoFactor)),
      sort: ({ twoFactor }) => (twoFactor === undefined ? undefined : Number(twoFactor)),
    },
    {
      id: 'actions',
      title: common.actions,
      width: 56,
      actions: true,
      cell: (user) => <UserActions user={user} />,
    },
  ];
  return { lastActive, more };
}
