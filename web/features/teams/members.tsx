import { ActionIcon, Autocomplete, Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { teamsLed } from '../../../domain/access/member.ts';
import type { TeamRole } from '../../../domain/access/roles.schema.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Team, TeamMember } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { Time } from '../../components/labels.tsx';
import { MenuItem } from '../../components/menu-item.tsx';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { candidatesQuery, teamQuery, teamsKey } from './queries.ts';

/** Who is in a team, the leader first; and for who may, the way to change that. */
export function Members({ team }: { readonly team: Team }) {
  const { teams, people, common } = useTexts();
  const may = useMay(team.organizationId);
  const mayChange = may('update', 'TeamMember', { teamId: team.id, role: 'member' });
  const columns: readonly Column<TeamMember>[] = [
    {
      id: 'name',
      title: teams.members,
      cell: ({ name, userId }) => <bdi>{name ?? userId}</bdi>,
      text: ({ name, userId }) => name ?? userId,
      sort: ({ name, userId }) => name ?? userId,
    },
    {
      id: 'email',
      title: people.email,
      cell: ({ email }) => email ?? '–',
      sort: ({ email }) => email,
      phone: 'hidden',
    },
    {
      id: 'role',
      title: teams.role,
      width: 140,
      phone: 'fact',
      cell: ({ role }) => (
        <Badge variant={role === 'leader' ? 'filled' : 'default'} tt="none" radius="sm">
          {teams.roles[role]}
        </Badge>
      ),
    },
    {
      id: 'joined',
      title: teams.joined,
      width: 150,
      sort: ({ joinedAt }) => joinedAt,
      phone: 'fact',
      cell: ({ joinedAt }) => (joinedAt === undefined ? '–' : <Time at={joinedAt} />),
    },
  ];
  const actions: Column<TeamMember> = {
    id: 'actions',
    title: common.actions,
    width: 56,
    actions: true,
    cell: (member) => <MemberActions team={team} member={member} />,
  };
  return (
    <Stack gap="md">
      {mayChange && <NewMember team={team} />}
      {team.members.length === 0 ? (
        <Empty title={teams.noMembers}>{teams.noMembersText}</Empty>
      ) : (
        <DataTable
          label={teams.members}
          columns={mayChange ? [...columns, actions] : columns}
          items={team.members}
          keyOf={({ userId }) => userId}
        />
      )}
    </Stack>
  );
}

/** Who sees only their own team finds nobody to add: they invite. */
function NewMember({ team }: { readonly team: Team }) {
  const { teams } = useTexts();
  const { user } = useMember();
  const { organizationId, id } = team;
  const seesOthers = useMay(organizationId)('read', 'User') || teamsLed(user).length > 1;
  if (seesOthers) return <AddMember team={team} />;
  return (
    <Group gap="sm">
      <Button component={Link} to={`/organizations/${organizationId}/invitations?team=${id}`}>
        {teams.inviteInto}
      </Button>
      <Text size="sm" c="dimmed">
        {teams.inviteIntoText}
      </Text>
    </Group>
  );
}

function MemberActions({ team, member }: { readonly team: Team; readonly member: TeamMember }) {
  const { teams } = useTexts();
  const may = useMay(team.organizationId);
  const { put, remove } = useMembership(team);
  const { userId, role } = member;
  const name = member.name ?? userId;
  const mayLead = may('update', 'TeamMember', { teamId: team.id, role: 'leader' });
  if (role === 'leader' && !mayLead) return '–';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="default"
          aria-label={teams.actionsOf(name)}
          loading={put.isPending || remove.isPending}
        >
          <span aria-hidden>⋯</span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayLead && (
          <MenuItem onClick={() => put.mutate({ userId, role: role === 'leader' ? 'member' : 'leader' })}>
            {role === 'leader' ? teams.makeMember : teams.makeLeader}
          </MenuItem>
        )}
        <MenuItem onClick={() => remove.mutate(member)}>{teams.takeOut}</MenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}

const typingMilliseconds = 200;

/** Finds somebody of the organization by name or address and puts them into the team. */
function AddMember({ team }: { readonly team: Team }) {
  const { api } = useSession();
  const { teams } = useTexts();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.split(' · ')[0]?.trim() ?? '', typingMilliseconds);
  const { put } = useMembership(team);
  const { data } = useQuery({
    ...candidatesQuery(api, team.organizationId, search),
    placeholderData: keepPreviousData,
  });
  const inside = new Set(team.members.map(({ userId }) => userId));
  const candidates = (data?.items ?? [])
    .filter(({ userId }) => !inside.has(userId))
    .map(({ userId, name, email }) => ({ userId, name, label: `${name} · ${email}` }));
  const chosen = candidates.find(({ label }) => label === typed);
  const add = () => {
    if (chosen === undefined) return;
    put.mutate(
      { userId: chosen.userId, role: 'member' },
      {
        onSuccess: () => {
          setTyped('');
          notify({ message: teams.added(chosen.name) });
        },
      },
    );
  };
  return (
    <Group align="flex-end" gap="sm">
      <Autocomplete
        label={teams.addMember}
        placeholder={teams.choose}
        data={candidates.map(({ label }) => label)}
        filter={({ options }) => options}
        value={typed}
        onChange={setTyped}
        w={{ base: '100%', sm: 380 }}
      />
      <Button onClick={add} disabled={chosen === undefined} loading={put.isPending}>
        {teams.add}
      </Button>
    </Group>
  );
}

/**
 * Puts somebody into a team or takes them out; the answer is the whole team, and is shown at once. What is to
 * be said is said here: the row of who was taken out is gone by then.
 */
function useMembership(team: Team) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: teamId, revision } = team;
  const params = { organizationId, teamId };
  const onSuccess = (changed: Team) =>
    queries.setQueryData(teamQuery(api, organizationId, teamId).queryKey, changed);
  const onError = useErrorNotice();
  const onSettled = () => queries.invalidateQueries({ queryKey: teamsKey(organizationId) });
  const put = useChange({
    mutationFn: ({ userId, role }: { userId: UserId; role: TeamRole }) =>
      api(teamRoutes.putTeamMember, { params: { ...params, userId }, body: { role }, revision }),
    onSuccess,
    onError,
    onSettled,
  });
  // Into the team as it is by then: who else came, left or leads meanwhile stays so.
  const putBack = useChange({
    mutationFn: async ({ userId, role }: TeamMember) => {
      const now = await api(teamRoutes.getTeam, { params });
      if (now.members.some((member) => member.userId === userId)) return now;
      const isLed = now.members.some((member) => member.role === 'leader');
      return await api(teamRoutes.putTeamMember, {
        params: { ...params, userId },
        body: { role: isLed ? 'member' : role },
        revision: now.revision,
      });
    },
    onSuccess,
    onError,
    onSettled,
  });
  const remove = useChange({
    mutationFn: ({ userId }: TeamMember) =>
      api(teamRoutes.removeTeamMember, { params: { ...params, userId }, revision }),
    onSuccess: (changed, member) => {
      onSuccess(changed);
      notify({
        message: teams.takenOut(member.name ?? member.userId),
        undo: { title: common.undo, run: () => putBack.mutate(member) },
      });
    },
    onError,
    onSettled,
  });
  return { put, remove };
}
