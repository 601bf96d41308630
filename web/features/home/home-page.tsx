import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { teamsLed } from '../../../domain/access/member.ts';
import type { TeamAnalytics } from '../../../domain/analytics/analytics.schema.ts';
import { type OrganizationId, TeamId } from '../../../domain/ids.ts';
import { KpiDistribution } from '../../components/kpi.tsx';
import { Person, RoleBadge } from '../../components/labels.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PanelGrid, usePanels } from '../../components/panels.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Reporting } from '../../components/reporting.tsx';
import { useMay, useMember, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { CheckInList } from './check-in-list.tsx';
import { Dashboard, OwnCheckIns } from './dashboard.tsx';
import { KpiTrends } from './kpi-trends.tsx';
import { teamAnalyticsQuery } from './queries.ts';
import { SetupGuide } from './setup-guide.tsx';

/** The start page of an organization; its content depends on the user's role. */
export function HomePage() {
  const { user } = useMember();
  const { id, name } = useOrganization();
  return (
    <Page title={name} mark={user.organizationId === id && <RoleBadge role={user.role} />}>
      <HomeOfRole />
    </Page>
  );
}

function HomeOfRole(): ReactNode {
  const { user } = useMember();
  const { id } = useOrganization();
  const may = useMay(id);
  const { userId } = user;
  if (may('read', 'Onboarding')) return <AdminHome />;
  const led = teamsLed(user);
  return led.length === 0 ? (
    <Dashboard organizationId={id} userId={userId} />
  ) : (
    <Stack gap="lg">
      {led.map((team) => (
        <TeamHome key={team} organizationId={id} teamId={TeamId.parse(team)} />
      ))}
      <OwnCheckIns organizationId={id} userId={userId} except={led} />
    </Stack>
  );
}

function AdminHome() {
  const { user } = useMember();
  const { id, frozenAt } = useOrganization();
  const panels = usePanels('home', id);
  return (
    <Stack gap="lg">
      {frozenAt === undefined && <SetupGuide organizationId={id} />}
      {user.organizationId === id && <OwnCheckIns organizationId={id} userId={user.userId} />}
      <PanelGrid panels={panels} shows={{ organizationId: id }} />
    </Stack>
  );
}

interface Props {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
}

const [mostPeople, mostTrends] = [6, 4];

/** A team that the user leads: status of its KPIs, its members, and what is due, most urgent first. */
function TeamHome({ organizationId, teamId }: Props) {
  const { api } = useSession();
  const { home } = useTexts();
  const query = useQuery(teamAnalyticsQuery(api, organizationId, teamId));
  return (
    <QueryView query={query} rows={4}>
      {(analytics) => {
        const { team, kpis, reporting, items } = analytics;
        const address = `/organizations/${organizationId}/teams/${teamId}`;
        return (
          <Section id={teamId} title={team.name}>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
              <Stack gap="sm">
                <KpiDistribution counts={kpis} />
                <Reporting {...reporting} />
                <Anchor component={Link} to={`${address}?tab=analytics`} size="sm" w="fit-content">
                  {home.allFigures}
                </Anchor>
              </Stack>
              <People {...analytics} address={address} />
            </SimpleGrid>
            <CheckInList label={`${home.teamKpis}: ${team.name}`} kpis={items.map(({ kpi }) => kpi)} />
            <KpiTrends items={items.slice(0, mostTrends)} />
          </Section>
        );
      }}
    </QueryView>
  );
}

function People({ members, address }: TeamAnalytics & { readonly address: string }) {
  const { teams } = useTexts();
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {members.slice(0, mostPeople).map(({ userId, name, role }) => (
          <Person key={userId} name={name ?? userId} email={teams.roles[role]} />
        ))}
      </SimpleGrid>
      <Anchor component={Link} to={address} size="sm" w="fit-content">
        {teams.memberCount(members.length)}
      </Anchor>
    </Stack>
  );
}
