import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TeamAnalytics } from '../../../domain/analytics/work.schema.ts';
import type { OrganizationId, TeamId } from '../../../domain/ids.ts';
import { KpiDistribution } from '../../components/kpi-distribution.tsx';
import { Person } from '../../components/person.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { CheckInList } from './check-in-list.tsx';
import { teamAnalyticsQuery } from './queries.ts';
import { Reporting } from './reporting.tsx';

interface Props {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
}

const mostPeople = 6;

/** One of the teams that the reader leads: how its KPIs stand, who is in it, and what is to be reported, due first. */
export function TeamHome({ organizationId, teamId }: Props) {
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
