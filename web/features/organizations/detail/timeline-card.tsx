import { Anchor, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type {
  OrganizationWithCounts,
  SubscriptionChange,
} from '../../../../domain/organization/organization.schema.ts';
import type { Subscription } from '../../../../domain/subscription/subscription.schema.ts';
import { Day } from '../../../components/labels.tsx';
import { Section } from '../../../components/page.tsx';
import { useSession } from '../../../lib/session.tsx';
import { type Texts, useFormats, useTexts } from '../../../text/language.tsx';
import { subscriptionHistoryQuery } from '../queries.ts';
import classes from './customer.module.css';
import { tabOfCustomer } from './queries.ts';

/** The onboarding stages that count as milestones. */
const milestones = ['admin_joined', 'people_invited', 'team_created', 'kpi_created', 'active'] as const;
type Milestone = (typeof milestones)[number];

/** A past event of an organization, or a future one: the end of its plan. */
type TimelineEvent = { readonly at: string; readonly by?: string | undefined } & (
  | { readonly kind: 'created' | 'suspended' | 'reactivated' | 'ends' | 'ended' | Milestone }
  | { readonly kind: 'subscription'; readonly before: Subscription; readonly after: Subscription }
);

type Customer = Pick<
  OrganizationWithCounts,
  'createdAt' | 'reached' | 'suspendedAt' | 'reactivatedAt' | 'subscription'
>;

/** The timeline, newest first, with future events on top. */
function timelineOf(
  { createdAt, reached, suspendedAt, reactivatedAt, subscription: { endDate } }: Customer,
  changes: readonly SubscriptionChange[],
  today: string,
): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const founding = changes.find(({ before }) => before === null);
  events.push({ kind: 'created', at: createdAt, by: founding?.byName });
  for (const kind of milestones) {
    const at = reached?.[kind];
    if (at !== undefined) events.push({ kind, at });
  }
  for (const { before, after, at, byName } of changes)
    if (before !== null) events.push({ kind: 'subscription', at, before, after, by: byName });
  if (suspendedAt !== undefined) events.push({ kind: 'suspended', at: suspendedAt });
  if (reactivatedAt !== undefined) events.push({ kind: 'reactivated', at: reactivatedAt });
  if (endDate !== undefined)
    events.push(
      endDate < today
        ? { kind: 'ended', at: `${endDate}T23:59:59.999Z` }
        : { kind: 'ends', at: `${endDate}T23:59:59.999Z` },
    );
  return events.sort((a, b) => (a.at < b.at ? 1 : -1));
}

interface Props {
  readonly organization: OrganizationWithCounts;
}

/** A customer's timeline, newest first, with links to details. */
export function TimelineCard({ organization }: Props) {
  const { api } = useSession();
  const { customer } = useTexts().organizations;
  const { data } = useInfiniteQuery(subscriptionHistoryQuery(api, organization.id));
  const now = new Date().toISOString();
  const changes = data?.pages.flatMap(({ items }) => items) ?? [];
  const events = timelineOf(organization, changes, now.slice(0, 10));
  return (
    <Section id="timeline" title={customer.timeline}>
      <ol className={classes.events} aria-label={customer.timeline}>
        {events.map((event) => (
          <li
            key={`${event.kind} ${event.at}`}
            className={classes.event}
            data-ahead={event.at > now ? '' : undefined}
          >
            <EventWords event={event} organization={organization} />
            <Text size="sm" c="dimmed">
              <Day at={event.at} />
            </Text>
          </li>
        ))}
      </ol>
      <Anchor
        component={Link}
        to={tabOfCustomer(organization.id, 'audit')}
        size="sm"
        w="fit-content"
        data-screen-only
      >
        {customer.allActivity}
      </Anchor>
    </Section>
  );
}

const tabOf: Readonly<Record<TimelineEvent['kind'], string>> = {
  created: 'audit',
  admin_joined: 'users',
  people_invited: 'invitations',
  team_created: 'teams',
  kpi_created: 'kpis',
  active: 'kpis',
  subscription: 'subscription',
  suspended: 'audit',
  reactivated: 'audit',
  ends: 'subscription',
  ended: 'subscription',
};

function wordsOf(
  event: TimelineEvent,
  { organizations, common }: Texts,
  date: (iso: string) => string,
): string {
  const { events } = organizations.customer;
  if (event.kind === 'created') return event.by === undefined ? events.created : events.createdBy(event.by);
  if (event.kind !== 'subscription') return events[event.kind];
  const { before, after } = event;
  if (before.plan !== after.plan) return events.plan(common.plans[before.plan], common.plans[after.plan]);
  return after.endDate !== undefined && before.endDate !== undefined && before.endDate < after.endDate
    ? events.renewed(date(after.endDate))
    : events.dates;
}

function EventWords({ event, organization }: Props & { readonly event: TimelineEvent }) {
  const texts = useTexts();
  const { date } = useFormats();
  const { events } = texts.organizations.customer;
  return (
    <Text size="sm">
      <Anchor component={Link} to={tabOfCustomer(organization.id, tabOf[event.kind])} size="sm" c="inherit">
        {wordsOf(event, texts, date)}
      </Anchor>
      {event.kind === 'subscription' && event.by !== undefined && (
        <Text component="span" size="sm" c="dimmed">
          {' '}
          {events.by(event.by)}
        </Text>
      )}
    </Text>
  );
}
