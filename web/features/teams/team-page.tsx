import { ActionIcon, Avatar, Button, Group, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconCrown from '@tabler/icons-react/icons/IconCrown';
import IconDots from '@tabler/icons-react/icons/IconDots';
import { useQuery } from '@tanstack/react-query';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { MenuItem } from '../../components/menu-item.tsx';
import { NotFound } from '../../components/no-page.tsx';
import { Page } from '../../components/page.tsx';
import { PageTabs, usePanels } from '../../components/panels.tsx';
import { PageQuery } from '../../components/query-view.tsx';
import { useAddressId } from '../../lib/address.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { Members } from './members.tsx';
import { NameLead } from './name-lead.tsx';
import { teamQuery } from './queries.ts';
import { DeleteTeam, EditTeamDialog } from './team-dialogs.tsx';
import { Who } from './who.tsx';

const mostFaces = 6;

/** The header of a team's page: its lead and members. */
function TeamSummary({ team }: { readonly team: Team }) {
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

/** The avatars of the first members, and the total number. */
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

/** One team: its description and members. */
export function TeamPage() {
  const { id } = useOrganization();
  const teamId = useAddressId('teamId', TeamId);
  return teamId === null ? <NotFound /> : <OneTeam organizationId={id} teamId={teamId} />;
}

interface Props {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
}

function OneTeam({ organizationId, teamId }: Props) {
  const { api } = useSession();
  const { teams } = useTexts();
  const may = useMay(organizationId);
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const query = useQuery(teamQuery(api, organizationId, teamId));
  return (
    <PageQuery query={query}>
      {(team) => (
        <Page
          title={team.name}
          {...(team.description === undefined ? {} : { description: team.description })}
          parents={[{ title: teams.teams, to: `/organizations/${organizationId}/teams` }]}
          actions={
            <>
              {may('update', 'Team', { teamId }) && (
                <Button variant="default" onClick={edit.open}>
                  {teams.edit}
                </Button>
              )}
              {may('delete', 'Team', { teamId }) && (
                <Menu position="bottom-end">
                  <Menu.Target>
                    <ActionIcon variant="default" size={36} aria-label={teams.actionsOf(team.name)}>
                      <IconDots size={18} aria-hidden />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <MenuItem color="red" onClick={askToDelete.open}>
                      {teams.deleteNow}
                    </MenuItem>
                  </Menu.Dropdown>
                </Menu>
              )}
            </>
          }
        >
          <TeamSummary team={team} />
          <TeamTabs team={team} />
          {editing && <EditTeamDialog team={team} onClose={edit.close} />}
          {deleting && <DeleteTeam team={team} onClose={askToDelete.close} />}
        </Page>
      )}
    </PageQuery>
  );
}

const order = ['kpis', 'initiatives', 'activity', 'analytics'];
const placeOf = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);

/** The team's work first, then activity, then figures; unknown panels last. */
const inOrder = <Named extends { readonly name: string }>(panels: readonly Named[]): readonly Named[] =>
  panels.toSorted((a, b) => placeOf(a.name) - placeOf(b.name));

/** Members, and the tabs of other features. */
function TeamTabs({ team }: { readonly team: Team }) {
  const texts = useTexts();
  const panels = usePanels('team', team.organizationId, { teamId: team.id });
  return (
    <PageTabs
      tabs={[
        { name: 'members', title: texts.teams.members, content: <Members team={team} /> },
        ...inOrder(panels).map(({ name, title, component: Panel }) => ({
          name,
          title: title(texts),
          content: <Panel team={team} />,
        })),
      ]}
    />
  );
}
