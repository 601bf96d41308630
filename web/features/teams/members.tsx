import { ActionIcon, Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { teamsLed } from '../../../domain/access/member.ts';
import type { Team, TeamMember } from '../../../domain/team/team.schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { MenuItem } from '../../components/menu-item.tsx';
import { Person } from '../../components/person.tsx';
import { Empty } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../lib/access.ts';
import { useMember } from '../../lib/me.tsx';
import { useTexts } from '../../text/language.tsx';
import { AddMember } from './add-member.tsx';
import { useMembership } from './membership.ts';

/** Who is in a team, the leader first; and for who may, the way to change that. */
export function Members({ team }: { readonly team: Team }) {
  const { teams, common } = useTexts();
  const may = useMay(team.organizationId);
  const mayChange = may('update', 'TeamMember', { teamId: team.id, role: 'member' });
  const columns: readonly Column<TeamMember>[] = [
    {
      title: teams.members,
      cell: ({ name, email, userId }) => <Person name={name ?? userId} email={email ?? ''} />,
    },
    {
      title: teams.role,
      cell: ({ role }) => (
        <Badge variant={role === 'leader' ? 'filled' : 'default'} tt="none" radius="sm">
          {teams.roles[role]}
        </Badge>
      ),
    },
    {
      title: teams.joined,
      cell: ({ joinedAt }) => (joinedAt === undefined ? '–' : <Time at={joinedAt} />),
    },
  ];
  const actions: Column<TeamMember> = {
    title: common.actions,
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
