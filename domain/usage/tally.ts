import type { OrganizationInDirectory } from '../organization/organization.schema.ts';
import type { Attention } from './attention.schema.ts';
import { attentionOf, byUrgency, standingOn } from './attention.ts';
import { metricsOf } from './figures.ts';
import { type Leaders, withFigures } from './leaders.ts';
import { type PlatformMetric, platformMetrics } from './metric.schema.ts';
import type { UsageSnapshot } from './usage.schema.ts';

const keptAttention = 20;

/** What a run has added up so far over the organizations of its shard. `attention` and `leaders` hold the foremost only. */
export interface Tally {
  readonly figures: Readonly<Partial<Record<PlatformMetric, number>>>;
  readonly attention: readonly Attention[];
  readonly attentionTotal: number;
  readonly leaders: Leaders;
}

export const nothing: Tally = { figures: {}, attention: [], attentionTotal: 0, leaders: {} };

/** Figures added, name by name. */
export function addFigures(
  left: Tally['figures'],
  right: Tally['figures'],
): Partial<Record<PlatformMetric, number>> {
  const sum: Partial<Record<PlatformMetric, number>> = {};
  for (const name of platformMetrics) {
    const value = (left[name] ?? 0) + (right[name] ?? 0);
    if (value !== 0) sum[name] = value;
  }
  return sum;
}

const standings = {
  served: 'organizationsServed',
  suspended: 'organizationsSuspended',
  expired: 'organizationsExpired',
} as const;

/** A tally with one organization's day more in it. The order of organizations makes no difference. */
export function add(tally: Tally, organization: OrganizationInDirectory, snapshot: UsageSnapshot): Tally {
  const { id, subscription, createdAt } = organization;
  const own = metricsOf(snapshot);
  const figures: Tally['figures'] = {
    ...own,
    organizations: 1,
    newOrganizations: createdAt.slice(0, 10) === snapshot.date ? 1 : 0,
    [standings[standingOn(organization, snapshot.date)]]: 1,
    organizationsActive7: snapshot.activeUsers.week > 0 ? 1 : 0,
    [`plan.${subscription.plan}`]: 1,
    [`stage.${snapshot.stage}`]: 1,
  };
  const attention = attentionOf(organization, snapshot);
  return {
    figures: addFigures(tally.figures, figures),
    attention:
      attention === null
        ? tally.attention
        : [...tally.attention, attention].sort(byUrgency).slice(0, keptAttention),
    attentionTotal: tally.attentionTotal + (attention === null ? 0 : 1),
    leaders: withFigures(tally.leaders, id, own),
  };
}
