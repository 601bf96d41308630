import type {
  OrganizationWithCounts,
  SubscriptionChange,
} from '../../../../domain/organization/organization.schema.ts';
import type { Subscription } from '../../../../domain/subscription/subscription.schema.ts';

/** The stages of onboarding that are milestones: the first of what an organization does. */
const milestones = ['admin_joined', 'people_invited', 'team_created', 'kpi_created', 'active'] as const;
type Milestone = (typeof milestones)[number];

/** Something that happened to an organization, or will: its plan ends. */
export type TimelineEvent = { readonly at: string; readonly by?: string | undefined } & (
  | { readonly kind: 'created' | 'suspended' | 'reactivated' | 'ends' | 'ended' | Milestone }
  | { readonly kind: 'subscription'; readonly before: Subscription; readonly after: Subscription }
);

type Customer = Pick<
  OrganizationWithCounts,
  'createdAt' | 'reached' | 'suspendedAt' | 'reactivatedAt' | 'subscription'
>;

/** What happened, the latest first; what is to come stands before it. */
export function timelineOf(
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
