import { SimpleGrid } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type HealthPast, healthHistory } from '../../../../domain/organization/health-history.schema.ts';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import type { UsageSnapshot } from '../../../../domain/usage/usage.schema.ts';
import { ChartCard } from '../../../components/charts/chart-card.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { Empty } from '../../../components/states.tsx';
import { daysAgo } from '../../../lib/dates.ts';
import { useSession } from '../../../lib/session.tsx';
import { useTexts } from '../../../text/language.tsx';
import { subscriptionHistoryQuery } from '../queries.ts';
import { usageDays, usageQuery } from './queries.ts';

const chartHeight = 150;
const weekDays = 7;

/** The days up to today, oldest first. */
const daysUpTo = (now: Date) =>
  Array.from({ length: usageDays }, (_, index) => daysAgo(usageDays - 1 - index, now));

/** Who was active, day by day. A day before the first figures has none. */
function activePoints(snapshots: readonly UsageSnapshot[], days: readonly string[]) {
  const of = new Map(snapshots.map(({ date, activeUsers }) => [date, activeUsers.week]));
  return days.map((date) => ({ date, value: of.get(date) ?? null }));
}

/** Check-ins by weeks of seven days that end today. A week without any figures has none. */
function checkInPoints(snapshots: readonly UsageSnapshot[], days: readonly string[]) {
  const of = new Map(snapshots.map(({ date, checkIns }) => [date, checkIns]));
  return Array.from({ length: days.length / weekDays }, (_, index) => {
    const week = days.slice(index * weekDays, (index + 1) * weekDays);
    const known = week.flatMap((date) => of.get(date) ?? []);
    const value = known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
    return { date: week[0] ?? '', value };
  });
}

/** The health of each day that has figures. */
function healthPoints(past: HealthPast, snapshots: readonly UsageSnapshot[], days: readonly string[]) {
  const of = new Map(healthHistory(past, snapshots).map(({ date, score }) => [date, score]));
  return days.map((date) => ({ date, value: of.get(date) ?? null }));
}

/** How an organization's health and use went in the last quarter. */
export function UsageCharts({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { api } = useSession();
  const { organizations, analytics, health } = useTexts();
  const { customer } = organizations;
  const { title, text } = analytics.metrics.activeUsers7;
  const query = useQuery(usageQuery(api, organization.id));
  const { data } = useInfiniteQuery(subscriptionHistoryQuery(api, organization.id));
  const past = { ...organization, plans: data?.pages.flatMap(({ items }) => items) ?? [] };
  const days = daysUpTo(new Date());
  return (
    <QueryView query={query} rows={5}>
      {(snapshots) =>
        snapshots.length === 0 ? (
          <Empty title={customer.noUsage}>{customer.noUsageText}</Empty>
        ) : (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <ChartCard
              title={health.history}
              definition={health.historyText}
              points={healthPoints(past, snapshots, days)}
              height={chartHeight}
            />
            <ChartCard
              title={title}
              definition={text}
              points={activePoints(snapshots, days)}
              height={chartHeight}
            />
            <ChartCard
              title={customer.checkInsTitle}
              definition={customer.checkInsText}
              points={checkInPoints(snapshots, days)}
              height={chartHeight}
            />
          </SimpleGrid>
        )
      }
    </QueryView>
  );
}
