import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { stages } from '../../../../domain/organization/onboarding.schema.ts';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import { type HealthPast, healthHistory } from '../../../../domain/usage/health-history.schema.ts';
import type { UsageSnapshot } from '../../../../domain/usage/usage.schema.ts';
import { ChartCard } from '../../../components/charts/chart-card.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Day, Time } from '../../../components/labels.tsx';
import { Section } from '../../../components/page.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { Empty } from '../../../components/states.tsx';
import { daysAgo } from '../../../lib/dates.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import { SubscriptionInWords, UsedOfPlan } from '../plan.tsx';
import { subscriptionHistoryQuery } from '../queries.ts';
import classes from './customer.module.css';
import { HealthCard } from './health-card.tsx';
import { PeopleCard } from './people-card.tsx';
import { usageDays, usageQuery } from './queries.ts';
import { TimelineCard } from './timeline-card.tsx';

const chartHeight = 150;
const weekDays = 7;

/** The days up to today, oldest first. */
const daysUpTo = (now: Date) =>
  Array.from({ length: usageDays }, (_, index) => daysAgo(usageDays - 1 - index, now));

/** Active users per day; no value before the first figures. */
function activePoints(snapshots: readonly UsageSnapshot[], days: readonly string[]) {
  const of = new Map(snapshots.map(({ date, activeUsers }) => [date, activeUsers.week]));
  return days.map((date) => ({ date, value: of.get(date) ?? null }));
}

/** Check-ins per week, in weeks that end today; no value for a week without figures. */
function checkInPoints(snapshots: readonly UsageSnapshot[], days: readonly string[]) {
  const of = new Map(snapshots.map(({ date, checkIns }) => [date, checkIns]));
  return Array.from({ length: days.length / weekDays }, (_, index) => {
    const week = days.slice(index * weekDays, (index + 1) * weekDays);
    const known = week.flatMap((date) => of.get(date) ?? []);
    const value = known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
    return { date: week[0] ?? '', value };
  });
}

/** The health of each day with figures. */
function healthPoints(past: HealthPast, snapshots: readonly UsageSnapshot[], days: readonly string[]) {
  const of = new Map(healthHistory(past, snapshots).map(({ date, score }) => [date, score]));
  return days.map((date) => ({ date, value: of.get(date) ?? null }));
}

/** An organization's health and use in the last quarter. */
function UsageCharts({ organization }: { readonly organization: OrganizationWithCounts }) {
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
          <Stack gap="md">
            <ChartCard
              title={health.history}
              definition={health.historyText}
              points={healthPoints(past, snapshots, days)}
              height={chartHeight}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
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
          </Stack>
        )
      }
    </QueryView>
  );
}

interface FactProps {
  readonly title: string;
  /** Whether the value needs a line of its own, such as a long id. */
  readonly isLong?: true;
  readonly children: ReactNode;
}

const Fact = ({ title, isLong, children }: FactProps) => (
  <div className={classes.fact} data-long={isLong}>
    <Text component="dt" size="sm" c="dimmed">
      {title}
    </Text>
    <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </div>
);

/** A value that other systems use, with a copy button. */
const Copied = ({ value, what }: { readonly value: string; readonly what: string }) => (
  <Group component="span" gap={4} wrap="nowrap">
    <Text component="span" size="xs" ff="monospace">
      {value}
    </Text>
    <CopyButton value={value} what={what} />
  </Group>
);

/** Facts about an organization beyond its health. */
function DetailsCard({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const { customer } = organizations;
  const { list } = useFormats();
  const { data } = useInfiniteQuery(subscriptionHistoryQuery(api, organization.id));
  const founding = data?.pages.flatMap(({ items }) => items).find(({ before }) => before === null);
  const { allowedDomains, externalId, metadata, createdAt, updatedAt, lastActivityOn, id } = organization;
  return (
    <Section id="details" title={customer.details}>
      <dl style={{ margin: 0 }}>
        <Fact title={customer.organizationId} isLong>
          <Copied value={id} what={customer.organizationId} />
        </Fact>
        <Fact title={organizations.externalId}>
          {externalId === undefined ? '–' : <Copied value={externalId} what={organizations.externalId} />}
        </Fact>
        <Fact title={organizations.lastActivity}>
          <Day at={lastActivityOn} />
        </Fact>
        <Fact title={organizations.allowedDomains}>
          {allowedDomains.length === 0 ? organizations.anyDomain : list(allowedDomains)}
        </Fact>
        {Object.entries(metadata).map(([name, value]) => (
          <Fact key={name} title={name}>
            {value}
          </Fact>
        ))}
        <Fact title={customer.customerSince}>
          <Day at={createdAt} />
        </Fact>
        {founding?.byName !== undefined && <Fact title={customer.createdBy}>{founding.byName}</Fact>}
        <Fact title={organizations.changed}>
          <Time at={updatedAt} />
        </Fact>
      </dl>
    </Section>
  );
}

interface Props {
  readonly organization: OrganizationWithCounts;
}

/** A customer at a glance: health and next action, use, people, timeline. */
export function CustomerOverview({ organization }: Props) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <HealthCard organization={organization} />
        {organization.stage !== 'active' && <OnboardingCard organization={organization} />}
        <UsageCharts organization={organization} />
        <TimelineCard organization={organization} />
      </div>
      <div className={classes.column}>
        <PlanCard organization={organization} />
        <PeopleCard organization={organization} />
        <DetailsCard organization={organization} />
      </div>
    </div>
  );
}

function PlanCard({ organization: { subscription, counts } }: Props) {
  const { organizations } = useTexts();
  return (
    <Section id="plan-usage" title={organizations.used}>
      <Text size="sm" c="dimmed">
        <SubscriptionInWords {...subscription} />
      </Text>
      <UsedOfPlan plan={subscription.plan} counts={counts} />
    </Section>
  );
}

/** A new customer's onboarding stage. */
function OnboardingCard({ organization: { stage } }: Props) {
  const { organizations, analytics } = useTexts();
  const { customer } = organizations;
  const done = stages.indexOf(stage) + 1;
  const progress = customer.onboardingDone(done, stages.length);
  return (
    <Section id="onboarding" title={customer.onboarding}>
      <Group gap="sm" wrap="nowrap">
        <Progress value={(done / stages.length) * 100} flex={1} aria-label={progress} />
        <Text size="sm">{progress}</Text>
      </Group>
      <ol className={classes.stages}>
        {stages.map((name, index) => (
          <li key={name} className={classes.stage} data-done={index < done ? '' : undefined}>
            {index < done && <IconCheck size={14} className={classes.good} aria-hidden />}
            {analytics.stages[name]}
            {index === done && (
              <Text component="span" size="xs" c="dimmed">
                {customer.stageNext}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
