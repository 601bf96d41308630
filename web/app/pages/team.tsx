import { Button, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { DeleteTeam } from '../../features/teams/delete-team.tsx';
import { EditTeamDialog } from '../../features/teams/edit-team-dialog.tsx';
import { Members } from '../../features/teams/members.tsx';
import { teamQuery } from '../../features/teams/queries.ts';
import { TeamAnalytics } from '../../features/work/team-analytics.tsx';
import { useMay } from '../../lib/access.ts';
import { useAddressParameter } from '../../lib/address.ts';
import { useOrganization } from '../../lib/organization.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { NotFound } from './forbidden.tsx';

/** One team: what it is, who is in it. */
export function TeamPage() {
  const { id } = useOrganization();
  const { teamId } = useParams({ strict: false });
  const parsed = TeamId.safeParse(teamId);
  return parsed.success ? <OneTeam organizationId={id} teamId={parsed.data} /> : <NotFound />;
}

interface Props {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
}

function OneTeam({ organizationId, teamId }: Props) {
  const { api } = useSession();
  const { teams, shell } = useTexts();
  const may = useMay(organizationId);
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const query = useQuery(teamQuery(api, organizationId, teamId));
  return (
    <QueryView query={query}>
      {(team) => (
        <Page
          title={team.name}
          description={team.description ?? teams.memberCount(team.memberCount)}
          parents={[{ title: shell.links.teams, to: `/organizations/${organizationId}/teams` }]}
          actions={
            <>
              {may('update', 'Team', { teamId }) && (
                <Button variant="default" onClick={edit.open}>
                  {teams.edit}
                </Button>
              )}
              {may('delete', 'Team', { teamId }) && (
                <Button variant="default" color="red" onClick={askToDelete.open}>
                  {teams.delete}
                </Button>
              )}
            </>
          }
        >
          <TeamTabs team={team} />
          {editing && <EditTeamDialog team={team} onClose={edit.close} />}
          {deleting && <DeleteTeam team={team} onClose={askToDelete.close} />}
        </Page>
      )}
    </QueryView>
  );
}

/** Who is in it; and for who may see them, its figures. */
function TeamTabs({ team }: { readonly team: Team }) {
  const { organizationId, id: teamId } = team;
  const { teams, home } = useTexts();
  const [tab, onTab] = useAddressParameter('tab');
  const may = useMay(organizationId);
  if (!may('read', 'Analytics', { teamId })) return <Members team={team} />;
  return (
    <Tabs
      value={tab === 'analytics' ? tab : 'members'}
      onChange={(next) => onTab(next === 'analytics' ? next : '')}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="members">{teams.members}</Tabs.Tab>
        <Tabs.Tab value="analytics">{home.analytics}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="members">
        <Members team={team} />
      </Tabs.Panel>
      <Tabs.Panel value="analytics">
        <TeamAnalytics organizationId={organizationId} teamId={teamId} />
      </Tabs.Panel>
    </Tabs>
  );
}
