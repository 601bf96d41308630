import type { OrganizationId } from '../ids.ts';
import { type HealthFacts, healthOf, weigh } from '../organization/health-rules.schema.ts';
import type { OrganizationInDirectory } from '../organization/organization.schema.ts';
import type { Attention } from './attention.schema.ts';
import { metricsOf } from './figures.ts';
import { factsOf } from './health-history.schema.ts';
import { OrganizationMetric, type PlatformMetric, platformMetrics } from './metric.schema.ts';
import type { UsageSnapshot } from './usage.schema.ts';

/** Whether an organization is served on a day: active, and within its plan's dates. */
const accessStatusOn = ({ status, subscription }: OrganizationInDirectory, date: string) => {
  if (status !== 'active') return 'suspended' as const;
  return subscription.endDate !== undefined && subscription.endDate < date
    ? ('expired' as const)
    : ('served' as const);
};

/** Why an organization needs attention on its snapshot's day, or null. */
export function attentionOf(
  organization: OrganizationInDirectory & Pick<HealthFacts, 'weekAgo'>,
  snapshot: UsageSnapshot,
): Attention | null {
  const facts = { ...organization, ...factsOf(organization.createdAt, snapshot) };
  const health = healthOf(facts, snapshot.date);
  if (health.reasons.length === 0) return null;
  const { id, name, createdAt, subscription } = organization;
  const { lastActiveOn } = snapshot;
  return {
    organizationId: id,
    name,
    reasons: health.reasons.map(({ code }) => code),
    health,
    createdAt,
    ...(subscription.endDate === undefined ? {} : { endDate: subscription.endDate }),
    ...(lastActiveOn === undefined ? {} : { lastActiveOn }),
  };
}

/** Recomputes the score by today's weights, for reasons stored before they changed. */
export const weighedAgain = ({ health, ...attention }: Attention): Attention =>
  health === undefined ? attention : { ...attention, health: { ...health, ...weigh(health.reasons) } };

// Entries of an earlier version have no score and sort first.
const rank = ({ reasons: [first], health, endDate = '', organizationId }: Attention) =>
  `${first === 'suspended' ? 1 : 0} ${String(health?.score ?? 0).padStart(3, '0')} ${endDate} ${organizationId}`;

/** Lowest score first, suspended organizations last; for equal scores by end of the plan. */
export const byUrgency = (a: Attention, b: Attention): number => (rank(a) < rank(b) ? -1 : 1);

/** An organization's figure of a day. */
interface Leader {
  readonly organizationId: OrganizationId;
  readonly value: number;
}

/**
 * The organizations with the highest figures of a day, by metric, highest first. Figures of 0 are omitted.
 */
export type Leaders = Readonly<Partial<Record<OrganizationMetric, readonly Leader[]>>>;

const keptLeaders = 20;

const byValue = (a: Leader, b: Leader): number =>
  b.value - a.value || (a.organizationId < b.organizationId ? -1 : 1);

/** The highest of several lists: the overall highest are among the highest of each. */
export const highest = (lists: readonly (readonly Leader[])[]): readonly Leader[] =>
  lists.flat().sort(byValue).slice(0, keptLeaders);

/** The leaders after adding one organization's figures. The order of organizations doesn't matter. */
function withFigures(
  leaders: Leaders,
  organizationId: OrganizationId,
  figures: Readonly<Record<OrganizationMetric, number>>,
): Leaders {
  const next: Partial<Record<OrganizationMetric, readonly Leader[]>> = { ...leaders };
  for (const metric of OrganizationMetric.options) {
    const value = figures[metric];
    if (value > 0) next[metric] = highest([next[metric] ?? [], [{ organizationId, value }]]);
  }
  return next;
}

const keptAttention = 20;

/** By starting month: organizations, those active in the month, users, and those active in the month. */
export type CohortCounts = Readonly<Record<string, readonly [number, number, number, number]>>;

/** The sums of several. */
export function addCohorts(all: readonly CohortCounts[]): CohortCounts {
  const sums: Record<string, CohortCounts[string]> = {};
  for (const [month, [a, b, c, d]] of all.flatMap((each) => Object.entries(each))) {
    const [e, f, g, h] = sums[month] ?? [0, 0, 0, 0];
    sums[month] = [a + e, b + f, c + g, d + h];
  }
  return sums;
}

/** Cohorts after adding one organization's. */
function withCohorts(
  known: CohortCounts,
  createdAt: string,
  cohorts: NonNullable<UsageSnapshot['cohorts']>,
): CohortCounts {
  const isActive = Object.values(cohorts).some(([, active]) => active > 0);
  const users = Object.entries(cohorts).map(([month, [all, active]]) => ({
    [month]: [0, 0, all, active] as const,
  }));
  return addCohorts([known, { [createdAt.slice(0, 7)]: [1, isActive ? 1 : 0, 0, 0] }, ...users]);
}

/** A run's sums so far. `attention` and `leaders` only contain the first few. */
export interface Tally {
  readonly figures: Readonly<Partial<Record<PlatformMetric, number>>>;
  readonly attention: readonly Attention[];
  readonly attentionTotal: number;
  readonly leaders: Leaders;
  /** Of final figures only. */
  readonly cohorts: CohortCounts;
}

export const nothing: Tally = {
  ...{ figures: {}, attention: [], attentionTotal: 0, leaders: {} },
  cohorts: {},
};

/** Adds figures by name. */
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

const accessMetrics = {
  served: 'organizationsServed',
  suspended: 'organizationsSuspended',
  expired: 'organizationsExpired',
} as const;

/** A tally after adding one organization's day. The order of organizations doesn't matter. */
export function add(
  tally: Tally,
  organization: OrganizationInDirectory & Pick<HealthFacts, 'weekAgo'>,
  snapshot: UsageSnapshot,
): Tally {
  const { id, subscription, createdAt } = organization;
  const own = metricsOf(snapshot);
  const figures: Tally['figures'] = {
    ...own,
    organizations: 1,
    newOrganizations: createdAt.slice(0, 10) === snapshot.date ? 1 : 0,
    [accessMetrics[accessStatusOn(organization, snapshot.date)]]: 1,
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
    cohorts: withCohorts(tally.cohorts, createdAt, snapshot.cohorts ?? {}),
  };
}
