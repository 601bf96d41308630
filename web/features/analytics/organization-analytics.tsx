import { Alert, Anchor, SimpleGrid, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationAnalytics } from '../../../domain/analytics/analytics.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { OrganizationMetric } from '../../../domain/usage/metric.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { KpiDistribution } from '../../components/kpi-status.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PrintButton } from '../../components/print-button.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { figureOf, MetricFigures, metricWords, pointsOf } from './metrics.tsx';
import { PeriodFields, usePeriod } from './period.tsx';
import { organizationQuery } from './queries.ts';

export const OrganizationAnalyticsPage = () => (
  <Page title={useTexts().analytics.analytics} actions={<PrintButton />}>
    <OrganizationFigures organizationId={useOrganization().id} />
  </Page>
);

interface Props {
  readonly organizationId: OrganizationId;
}

const atAGlance: readonly OrganizationMetric[] = ['users', 'activeUsers7', 'teams', 'kpis'];

/** An organization at one look, with the way to all its figures. */
export function OrganizationGlance({ organizationId }: Props) {
  const { api } = useSession();
  const { analytics, home } = useTexts();
  const query = useQuery(organizationQuery(api, organizationId, {}));
  return (
    <QueryView query={query} rows={3}>
      {({ headline, computedAt, kpis }) => (
        <Stack gap="lg">
          <MetricFigures figures={headline} shown={atAGlance} computedAt={computedAt} />
          <Section id="kpi-status" title={analytics.kpiStatus}>
            <KpiDistribution counts={kpis} />
            <Anchor
              component={Link}
              to={`/organizations/${organizationId}/analytics`}
              size="sm"
              w="fit-content"
            >
              {home.allFigures}
            </Anchor>
          </Section>
        </Stack>
      )}
    </QueryView>
  );
}

const all: readonly OrganizationMetric[] = [
  'users',
  'activeUsers1',
  'activeUsers7',
  'activeUsers30',
  'teams',
  'kpis',
  'checkIns',
  'pendingInvitations',
];
const shownDays = 90;

/** All figures of an organization, and its trends over a period beside the period before it. */
export function OrganizationFigures({ organizationId }: Props) {
  const { api } = useSession();
  const { analytics } = useTexts();
  const period = usePeriod(shownDays);
  const query = useQuery({
    ...organizationQuery(api, organizationId, period),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="lg">
      <PeriodFields period={period} />
      <QueryView query={query} rows={6}>
        {({ headline, computedAt, kpis, trends }) => (
          <Stack gap="lg">
            <MetricFigures figures={headline} shown={all} computedAt={computedAt} />
            <Section id="kpi-status" title={analytics.kpiStatus}>
              <KpiDistribution counts={kpis} />
            </Section>
            <Trends trends={trends} />
          </Stack>
        )}
      </QueryView>
    </Stack>
  );
}

function Trends({ trends }: Pick<OrganizationAnalytics, 'trends'>) {
  const texts = useTexts();
  const { analytics } = texts;
  const { date } = useFormats();
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {trends.map((trend) => {
          const { title, text } = metricWords(trend.metric, texts);
          return (
            <ChartCard
              key={trend.metric}
              title={title}
              definition={text}
              figure={figureOf(trend, { ...analytics, date })}
              points={pointsOf(trend)}
            />
          );
        })}
      </SimpleGrid>
      {trends.some(({ current }) => current.points.some(({ provisional }) => provisional)) && (
        <Alert variant="light" role="note">
          {analytics.provisional}
        </Alert>
      )}
    </>
  );
}
