import { Anchor, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { MetricFigures } from './metric-figures.tsx';
import { overviewQuery } from './queries.ts';
import classes from './rows.module.css';

const shown = ['organizationsServed', 'activeUsers7', 'kpis', 'checkIns'] as const;

/** The page that shows a platform figure over the same 30 days, with the organizations behind it. */
const trendOf = (metric: PlatformMetric) => `/admin/analytics?metric=${metric}&range=30`;

/** Whether the platform is growing. */
export function Growth() {
  const { api } = useSession();
  const { analytics } = useTexts();
  const query = useQuery(overviewQuery(api));
  return (
    <section aria-label={analytics.growth}>
      <QueryView query={query} rows={4}>
        {({ date, figures, computedAt }) =>
          date === null ? (
            <Empty title={analytics.notComputed}>{analytics.notComputedText}</Empty>
          ) : (
            <MetricFigures
              figures={figures}
              shown={shown}
              computedAt={computedAt}
              behind={trendOf}
              cols={{ base: 2, md: 4 }}
            />
          )
        }
      </QueryView>
    </section>
  );
}

/** Organizations by onboarding stage. */
export function Onboarding() {
  const { api } = useSession();
  const { analytics } = useTexts();
  const query = useQuery(overviewQuery(api));
  return (
    <Section id="funnel" title={analytics.funnel}>
      <QueryView query={query} rows={3}>
        {({ funnel }) => (
          <BarList
            label={analytics.funnel}
            definition={analytics.funnelText}
            cols={{ base: 1, xs: 2, md: 3 }}
            bars={funnel.map(({ stage, at }) => ({
              name: analytics.stages[stage],
              value: at,
              to: `/admin/organizations?stage=${stage}`,
            }))}
          />
        )}
      </QueryView>
    </Section>
  );
}

/** Organizations by plan. */
export function Plans() {
  const { api } = useSession();
  const { analytics, common } = useTexts();
  const query = useQuery(overviewQuery(api));
  return (
    <Section id="plans" title={analytics.plans}>
      <QueryView query={query} rows={3}>
        {({ plans }) => (
          <BarList
            label={analytics.plans}
            definition={analytics.plansText}
            cols={{ base: 1 }}
            bars={plans.map(({ plan, organizations }) => ({
              name: common.plans[plan],
              value: organizations,
              to: `/admin/organizations?plan=${plan}`,
            }))}
          />
        )}
      </QueryView>
    </Section>
  );
}

interface Bar {
  readonly name: string;
  readonly value: number;
  /** Link to the items that it counts. */
  readonly to: string;
}

interface BarsProps {
  readonly label: string;
  readonly definition: string;
  readonly bars: readonly Bar[];
  readonly cols: { readonly base: number; readonly xs?: number; readonly md?: number };
}

/** A bar list, each bar with its name and number, so that it is readable without the bars. */
function BarList({ label, definition, bars, cols }: BarsProps) {
  const { number } = useFormats();
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        {definition}
      </Text>
      <SimpleGrid
        cols={cols}
        spacing="xl"
        verticalSpacing="xs"
        component="ul"
        aria-label={label}
        className={classes.list}
      >
        {bars.map(({ name, value, to }) => (
          <li key={name}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Anchor component={Link} to={to} size="sm" c="inherit">
                {name}
              </Anchor>
              <Text size="sm" fw={600} className="figures">
                {number(value)}
              </Text>
            </Group>
            <Progress value={(value / highest) * 100} size="sm" aria-hidden />
          </li>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
