import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Overview as OverviewData } from '../../../domain/analytics/analytics.schema.ts';
import type { PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { BarList } from '../../components/bar-list.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { Empty } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { MetricFigures } from './metric-figures.tsx';
import { overviewQuery } from './queries.ts';

const headline: readonly PlatformMetric[] = [
  'organizations',
  'organizationsServed',
  'users',
  'activeUsers7',
  'kpis',
  'checkIns',
  'pendingInvitations',
  'organizationsActive7',
];

/** The platform at one look: how many, how they are, who needs something, and how far the new ones have come. */
export function Overview() {
  const { api } = useSession();
  const { analytics } = useTexts();
  const query = useQuery(overviewQuery(api));
  return (
    <QueryView query={query} rows={16}>
      {(overview) =>
        overview.date === null ? (
          <Empty title={analytics.notComputed}>{analytics.notComputedText}</Empty>
        ) : (
          <Stack gap="lg">
            <MetricFigures figures={overview.figures} shown={headline} computedAt={overview.computedAt} />
            <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
              <Attention {...overview.attention} />
              <Funnel overview={overview} />
            </SimpleGrid>
          </Stack>
        )
      }
    </QueryView>
  );
}

function Attention({ items, total }: OverviewData['attention']) {
  const { analytics } = useTexts();
  const { list } = useFormats();
  return (
    <Section id="attention" title={analytics.attention}>
      {items.length === 0 && (
        <Text c="dimmed">
          {analytics.nothingNeedsYou}. {analytics.nothingNeedsYouText}
        </Text>
      )}
      {items.map(({ organizationId, name, reasons }) => (
        <Stack key={organizationId} gap={0}>
          <Anchor component={Link} to={`/admin/organizations/${organizationId}`} fw={500} w="fit-content">
            <bdi>{name}</bdi>
          </Anchor>
          <Text size="sm" c="dimmed">
            {list(reasons.map((reason) => analytics.reasons[reason]))}
          </Text>
        </Stack>
      ))}
      {total > items.length && (
        <Text size="sm" c="dimmed">
          {analytics.attentionMore(total - items.length)}
        </Text>
      )}
    </Section>
  );
}

function Funnel({ overview: { funnel, plans } }: { readonly overview: OverviewData }) {
  const { analytics, common } = useTexts();
  return (
    <Stack gap="md">
      <Section id="funnel" title={analytics.funnel}>
        <Text size="sm" c="dimmed">
          {analytics.funnelText}
        </Text>
        <BarList
          label={analytics.funnel}
          bars={funnel.map(({ stage, reached }) => ({ name: analytics.stages[stage], value: reached }))}
        />
      </Section>
      <Section id="plans" title={analytics.plans}>
        <BarList
          label={analytics.plans}
          bars={plans.map(({ plan, organizations }) => ({
            name: common.plans[plan],
            value: organizations,
          }))}
        />
      </Section>
    </Stack>
  );
}
