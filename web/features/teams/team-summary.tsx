import { Avatar, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconCrown from '@tabler/icons-react/icons/IconCrown';
import type { Team } from '../../../domain/team/team.schema.ts';
import { useMay } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';
import { NameLead } from './name-lead.tsx';
import { Who } from './who.tsx';

const mostFaces = 6;

/** At the head of a team's page: who leads it, and who is in it. */
export function TeamSummary({ team }: { readonly team: Team }) {
  const { teams } = useTexts();
  const may = useMay(team.organizationId);
  const [naming, { open, close }] = useDisclosure(false);
  const leader = team.members.find(({ role }) => role === 'leader');
  const mayLead = may('update', 'TeamMember', { teamId: team.id, role: 'leader' });
  return (
    <Group gap="lg" mih={30}>
      <Group gap="xs" wrap="nowrap" maw="100%">
        <Text size="sm" c="dimmed">
          {teams.leader}
        </Text>
        {leader === undefined ? (
          <Text size="sm">{teams.noLeader}</Text>
        ) : (
          <Who
            organizationId={team.organizationId}
            teamId={team.id}
            userId={leader.userId}
            name={leader.name ?? leader.userId}
          />
        )}
        {mayLead && (
          <Button
            size="compact-sm"
            variant={leader === undefined ? 'light' : 'subtle'}
            leftSection={<IconCrown size={14} aria-hidden />}
            onClick={open}
          >
            {leader === undefined ? teams.nameLead : teams.changeLead}
          </Button>
        )}
      </Group>
      <Faces team={team} />
      {naming && <NameLead team={team} onClose={close} />}
    </Group>
  );
}

/** The first of the members, as faces, and how many there are. */
function Faces({ team: { members, memberCount } }: { readonly team: Team }) {
  const { teams } = useTexts();
  return (
    <Group gap="xs" wrap="nowrap">
      <Avatar.Group spacing={5} aria-hidden>
        {members.slice(0, mostFaces).map(({ userId, name }) => (
          <Avatar key={userId} name={name ?? userId} title={name} color="initials" size={24} radius="xl" />
        ))}
        {memberCount > mostFaces && (
          <Avatar size={24} radius="xl">
            +{memberCount - mostFaces}
          </Avatar>
        )}
      </Avatar.Group>
      <Text size="sm" c="dimmed">
        {teams.memberCount(memberCount)}
      </Text>
    </Group>
  );
}
