import { Anchor, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Dashboard as DashboardData } from '../../../domain/analytics/analytics.schema.ts';
import type { OrganizationId, UserId } from '../../../domain/ids.ts';
import { type Kpi, teamOf } from '../../../domain/kpi/kpi.schema.ts';
import { Definition } from '../../components/definition.tsx';
import { KpiDistribution } from '../../components/kpi.tsx';
import { Time } from '../../components/labels.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Reporting } from '../../components/reporting.tsx';
import { Empty } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { CheckInList } from './check-in-list.tsx';
import { KpiTrends } from './kpi-trends.tsx';
import { dashboardQuery } from './queries.ts';

interface Props {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
}

const mostTrends = 4;

/**
 * A user's dashboard: what they have to report, most urgent first; their KPIs' status, their teams, and the
 * latest check-ins.
 */
export function Dashboard({ organizationId, userId }: Props) {
  const { api } = useSession();
  const { home, analytics } = useTexts();
  const query = useQuery(dashboardQuery(api, organizationId, userId));
  return (
    <QueryView query={query} rows={6}>
      {(dashboard) => (
        <Stack gap="lg">
          <Due dashboard={dashboard} />
          {dashboard.items.length === 0 ? (
            <Empty title={home.noKpis}>{home.noKpisText}</Empty>
          ) : (
            <CheckInList label={home.yourKpis} kpis={dashboard.items.map(({ kpi }) => kpi)} />
          )}
          <SimpleGrid cols={{ base: 1, md: 3 }}>
            <Section
              id="standing"
              title={analytics.kpiStatus}
              mark={<Definition title={analytics.kpiStatus} text={analytics.kpiStatusText} />}
            >
              <KpiDistribution counts={dashboard.kpis} />
              <Reporting {...dashboard.reporting} />
            </Section>
            <Teams teams={dashboard.teams} />
            <Recent organizationId={organizationId} recent={dashboard.recent} />
          </SimpleGrid>
          <KpiTrends items={dashboard.items.slice(0, mostTrends)} />
        </Stack>
      )}
    </QueryView>
  );
}

function Due({ dashboard: { reporting } }: { readonly dashboard: DashboardData }) {
  const { home } = useTexts();
  const due = reporting.running - reporting.reported;
  if (reporting.running === 0) return null;
  return <Text fw={600}>{due === 0 ? home.nothingDue : home.dueCount(due)}</Text>;
}

interface OwnProps extends Props {
  /** Teams whose KPIs are shown elsewhere on the page. */
  readonly except?: readonly string[];
}

/** Only what the user has to report, or nothing: for pages with other content. */
export function OwnCheckIns({ organizationId, userId, except = [] }: OwnProps) {
  const { api } = useSession();
  const { home } = useTexts();
  const query = useQuery(dashboardQuery(api, organizationId, userId));
  const isOwn = (kpi: Kpi) => !except.includes(teamOf(kpi) ?? '');
  return (
    <QueryView query={query} rows={2}>
      {({ items }) => {
        const kpis = items.map(({ kpi }) => kpi).filter(isOwn);
        return kpis.length === 0 ? null : (
          <Section id="own" title={home.yourKpis}>
            <CheckInList label={home.yourKpis} kpis={kpis} />
          </Section>
        );
      }}
    </QueryView>
  );
}

function Teams({ teams: mine }: Pick<DashboardData, 'teams'>) {
  const { home, teams } = useTexts();
  return (
    <Section id="teams" title={home.yourTeams}>
      {mine.length === 0 && (
        <Text size="sm" c="dimmed">
          {home.noTeams}
        </Text>
      )}
      {mine.map(({ id, organizationId, name, memberCount, role }) => (
        <Stack key={id} gap={0}>
          <Anchor
            component={Link}
            to={`/organizations/${organizationId}/teams/${id}`}
            fw={500}
            w="fit-content"
          >
            <bdi>{name}</bdi>
          </Anchor>
          <Text size="sm" c="dimmed">
            {teams.roles[role]} · {teams.memberCount(memberCount)}
          </Text>
        </Stack>
      ))}
    </Section>
  );
}

function Recent({ organizationId, recent }: Pick<DashboardData, 'recent'> & Pick<Props, 'organizationId'>) {
  const { home } = useTexts();
  const { number } = useFormats();
  return (
    <Section id="recent" title={home.recent}>
      {recent.length === 0 && (
        <Text size="sm" c="dimmed">
          {home.noRecent}
        </Text>
      )}
      {recent.slice(0, 5).map(({ kpiId, name, unit, value, at }) => (
        <Group key={kpiId} justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Anchor component={Link} to={`/organizations/${organizationId}/kpis/${kpiId}`} size="sm">
            <bdi>{name}</bdi>
          </Anchor>
          <Text size="sm" ta="right" style={{ flex: 'none' }}>
            {number(value)} {unit}
            <Text span size="xs" c="dimmed" display="block">
              <Time at={at} />
            </Text>
          </Text>
        </Group>
      ))}
    </Section>
  );
}
