import { SimpleGrid, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { OrganizationMetric } from '../../../domain/usage/metric.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { Definition } from '../../components/definition.tsx';
import { KpiDistribution } from '../../components/kpi.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PrintButton } from '../../components/print-button.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Reporting } from '../../components/reporting.tsx';
import { useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { useChartOf } from './chart-of.ts';
import { listBehind } from './metric-words.ts';
import { PeriodFields, queryOf, usePeriod } from './period.tsx';
import { organizationQuery } from './queries.ts';

export const OrganizationAnalyticsPage = () => (
  <Page title={useTexts().analytics.analytics} actions={<PrintButton />}>
    <OrganizationFigures organizationId={useOrganization().id} />
  </Page>
);

interface Props {
  readonly organizationId: OrganizationId;
}

const shown: readonly OrganizationMetric[] = [
  'activeUsers7',
  'checkIns',
  'users',
  'activeUsers1',
  'kpis',
  'kpisOnTrack',
  'teams',
  'pendingInvitations',
];

/** All figures of an organization over a period, each next to its comparison. */
export function OrganizationFigures({ organizationId }: Props) {
  const { api } = useSession();
  const texts = useTexts();
  const { analytics } = texts;
  const period = usePeriod();
  const chartOf = useChartOf();
  const query = useQuery({
    ...organizationQuery(api, organizationId, queryOf(period)),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="lg">
      <PeriodFields period={period} />
      <QueryView query={query} rows={8}>
        {({ kpis, reporting, trends }) => (
          <Stack gap="md">
            <Section
              id="kpi-status"
              title={analytics.kpiStatus}
              mark={<Definition title={analytics.kpiStatus} text={analytics.kpiStatusText} />}
            >
              <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
                <KpiDistribution counts={kpis} />
                <Reporting {...reporting} />
              </SimpleGrid>
            </Section>
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              {shown.flatMap((metric) => {
                const trend = trends.find((one) => one.metric === metric);
                return trend === undefined
                  ? []
                  : [
                      <ChartCard
                        key={metric}
                        {...chartOf(trend, period.compare)}
                        height={180}
                        behind={listBehind(organizationId, metric, texts)}
                      />,
                    ];
              })}
            </SimpleGrid>
          </Stack>
        )}
      </QueryView>
    </Stack>
  );
}
