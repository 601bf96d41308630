import { ActionIcon, Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconCrown from '@tabler/icons-react/icons/IconCrown';
import IconDots from '@tabler/icons-react/icons/IconDots';
import IconUserPlus from '@tabler/icons-react/icons/IconUserPlus';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import { Link } from '@tanstack/react-router';
import { teamsLed } from '../../../domain/access/member.ts';
import type { TeamRole } from '../../../domain/access/roles.schema.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Team, TeamMember } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { Time } from '../../components/labels.tsx';
import { PersonAvatar } from '../../components/links.tsx';
import { MenuItem } from '../../components/menu-item.tsx';
import { notify } from '../../components/notify.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { AddMembers } from './add-members.tsx';
import { MakeLead } from './name-lead.tsx';
import { useTeamChange } from './queries.ts';

/**
 * Changes a member's role in the team, or removes them. Notifications are shown here, because the row of a
 * removed member is gone by then.
 */
function useMembership(team: Team) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const { revision } = team;
  const { params, shown, onError, onSettled } = useTeamChange(team);
  const put = useChange({
    mutationFn: ({ userId, role }: { userId: UserId; role: TeamRole }) =>
      api(teamRoutes.putTeamMember, { params: { ...params, userId }, body: { role }, revision }),
    onSuccess: shown,
    onError,
    onSettled,
  });
  // Restores the membership in the team's current state; other changes are kept.
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
    onSuccess: shown,
    onError,
    onSettled,
  });
  const remove = useChange({
    mutationFn: ({ userId }: TeamMember) =>
      api(teamRoutes.removeTeamMember, { params: { ...params, userId }, revision }),
    onSuccess: (changed, member) => {
      shown(changed);
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

/** A team's members, the lead first, with actions where allowed. */
export function Members({ team }: { readonly team: Team }) {
  const { teams, common } = useTexts();
  const may = useMay(team.organizationId);
  const mayChange = may('update', 'TeamMember', { teamId: team.id, role: 'member' });
  const columns = useMemberColumns();
  const actions: Column<TeamMember> = {
    id: 'actions',
    title: common.actions,
    width: 170,
    actions: true,
    cell: (member) => <MemberActions team={team} member={member} />,
  };
  const hrefOf = ({ userId }: TeamMember) => `/organizations/${team.organizationId}/users/${userId}`;
  const opens = may('read', 'User', { teamIds: [team.id] });
  if (team.members.length === 0)
    return (
      <Empty title={teams.noMembers} icon={IconUsers} action={mayChange && <NewMember team={team} />}>
        {mayChange ? teams.noMembersText : undefined}
      </Empty>
    );
  return (
    <Stack gap="sm">
      {mayChange && <NewMember team={team} />}
      <DataTable
        label={teams.members}
        columns={mayChange ? [...columns, actions] : columns}
        items={team.members}
        keyOf={({ userId }) => userId}
        {...(opens ? { hrefOf } : {})}
      />
    </Stack>
  );
}

function useMemberColumns(): readonly Column<TeamMember>[] {
  const { teams, people } = useTexts();
  const { date } = useFormats();
  return [
    {
      id: 'name',
      title: teams.members,
      cell: ({ name, userId }) => (
        <Group gap="xs" wrap="nowrap" component="span" display="inline-flex">
          <PersonAvatar name={name ?? userId} />
          <bdi>{name ?? userId}</bdi>
        </Group>
      ),
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
      width: 120,
      phone: 'fact',
      cell: ({ role }) =>
        role === 'leader' ? <Badge variant="light">{teams.roles.leader}</Badge> : teams.roles.member,
      text: ({ role }) => teams.roles[role],
    },
    {
      id: 'joined',
      title: teams.joined,
      width: 150,
      sort: ({ joinedAt }) => joinedAt,
      phone: 'fact',
      cell: ({ joinedAt }) => (joinedAt === undefined ? '–' : <Time at={joinedAt} />),
      text: ({ joinedAt }) => (joinedAt === undefined ? '' : date(joinedAt)),
    },
  ];
}

/** A user who only sees their own team can't search for people; they invite instead. */
function NewMember({ team }: { readonly team: Team }) {
  const { teams } = useTexts();
  const { user } = useMember();
  const { organizationId, id } = team;
  const may = useMay(organizationId);
  const [adding, { open, close }] = useDisclosure(false);
  const seesOthers = may('read', 'User') || teamsLed(user).length > 1;
  const mayInvite = may('create', 'Invitation', { teamId: id, role: 'team_member' });
  const invitations = `/organizations/${organizationId}/invitations?dialog=invite&team=${id}`;
  return (
    <Group gap="xs">
      {seesOthers && (
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
          {teams.addMembers}
        </Button>
      )}
      {mayInvite && (
        <Button component={Link} to={invitations} variant={seesOthers ? 'default' : 'filled'}>
          {teams.inviteInto}
        </Button>
      )}
      {!seesOthers && (
        <Text size="sm" c="dimmed">
          {teams.inviteIntoText}
        </Text>
      )}
      {adding && <AddMembers team={team} onClose={close} />}
    </Group>
  );
}

/** "Make lead" is a button; other actions are in the menu. */
function MemberActions({ team, member }: { readonly team: Team; readonly member: TeamMember }) {
  const { teams } = useTexts();
  const may = useMay(team.organizationId);
  const { put, remove } = useMembership(team);
  const [asking, { open, close }] = useDisclosure(false);
  const { userId, role } = member;
  const name = member.name ?? userId;
  const mayLead = may('update', 'TeamMember', { teamId: team.id, role: 'leader' });
  if (role === 'leader' && !mayLead) return null;
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {mayLead && role === 'member' && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconCrown size={14} aria-hidden />}
          aria-label={teams.makeLeadOf(name)}
          onClick={open}
        >
          {teams.makeLeader}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={teams.actionsOf(name)}
            loading={put.isPending || remove.isPending}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {role === 'leader' && (
            <MenuItem onClick={() => put.mutate({ userId, role: 'member' })}>{teams.makeMember}</MenuItem>
          )}
          <MenuItem color="red" onClick={() => remove.mutate(member)}>
            {teams.takeOut}
          </MenuItem>
        </Menu.Dropdown>
      </Menu>
      {asking && <MakeLead team={team} member={member} onClose={close} />}
    </Group>
  );
}
