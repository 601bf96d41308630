import { entityOf } from '../table/entity.ts';
import { directoryShards } from '../table/layout.ts';
import { findAll } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import type { Attention } from './attention.schema.ts';
import type { OrganizationMetric, PlatformMetric } from './metric.schema.ts';
import type { UsagePeriod } from './run.schema.ts';
import {
  addCohorts,
  addFigures,
  byUrgency,
  type CohortCounts,
  highest,
  type Leaders,
  type Tally,
  weighedAgain,
} from './tally.ts';
import { AttentionItem, CohortsItem, LeadersItem, RollupItem } from './usage.noun.ts';

/** One day of the platform, across all shards. */
export interface PlatformDay {
  readonly date: string;
  /** Whether every shard is final. */
  readonly final: boolean;
  readonly figures: Partial<Record<PlatformMetric, number>>;
  /** When the last of them was computed. */
  readonly computedAt: string;
}

/** The number of shards in data that doesn't state it. */
const firstShards = 4;

/** A run's sums over its shard. With failures some organizations are missing, so the figures aren't final. */
interface ShardDay {
  readonly date: string;
  readonly shard: number;
  readonly period: UsagePeriod;
  readonly failures: number;
  readonly tally: Tally;
}

/** Stores a run's sums over its shard. Idempotent. */
export async function keepRollup(
  platform: OrganizationScope,
  { date, shard, period, failures, tally }: ShardDay,
  now: Date,
): Promise<void> {
  const computedAt = now.toISOString();
  const { figures, leaders, attention, attentionTotal: total } = tally;
  const final = period === 'day' && failures === 0;
  const rollup = { date, shard, of: directoryShards, final, figures, computedAt };
  await write(platform, replace(platform, RollupItem, rollup));
  await write(platform, replace(platform, LeadersItem, { date, shard, leaders }));
  // Attention is about today; a closed day says nothing about it.
  if (period === 'day') return await keepCohorts(platform, { date, shard, failures, tally });
  const items = [...attention];
  await write(platform, replace(platform, AttentionItem, { shard, items, total, computedAt }));
}

/**
 * Stores a day's cohorts under their month. The latest complete day counts; a day with missing
 * organizations doesn't.
 */
async function keepCohorts(
  platform: OrganizationScope,
  { date, shard, failures, tally: { cohorts } }: Omit<ShardDay, 'period'>,
): Promise<void> {
  if (failures > 0) return;
  const month = date.slice(0, 7);
  const keeping = replace(
    platform,
    CohortsItem,
    { month, shard, of: directoryShards, date, cohorts },
    { where: (item, { lte, notExists }) => `${notExists(item.date)} OR ${lte(item.date, date)}` },
  );
  await write(platform, keeping);
}

/** One month of cohorts, across the platform. */
export interface CohortMonth {
  readonly month: string;
  /** The last day computed for every shard. */
  readonly date: string;
  readonly cohorts: CohortCounts;
}

/** The cohorts of a range of months (inclusive), oldest first; months without all shards are omitted. */
export async function cohortMonths(
  { organizationId, client, table }: OrganizationScope,
  from: string,
  to: string,
): Promise<CohortMonth[]> {
  const { data } = await entityOf(CohortsItem)
    .query.primary({ organizationId })
    .between({ month: from }, { month: `${to}~` })
    .go({ client, table, pages: 'all' });
  // A month in which the directory grew has shards of both layouts; it is complete once all shards of one
  // layout exist.
  const months = Map.groupBy(data, ({ month, of = firstShards }) => `${month} ${of}`);
  return [...months.values()].flatMap((shards) => {
    const [{ month = '', of = firstShards } = {}] = shards;
    if (shards.length < of) return [];
    const date = shards.map((shard) => shard.date).sort()[0] ?? month;
    return [{ month, date, cohorts: addCohorts(shards.map(({ cohorts }) => cohorts)) }];
  });
}

/**
 * The platform's days in a range (inclusive), oldest first. A day without all shards is omitted, so that a
 * part isn't mistaken for the whole.
 */
export async function platformDays(
  { organizationId, client, table }: OrganizationScope,
  from: string,
  to: string,
): Promise<PlatformDay[]> {
  const { data } = await entityOf(RollupItem)
    .query.primary({ organizationId })
    .between({ date: from }, { date: `${to}~` })
    .go({ client, table, pages: 'all' });
  const days = new Map<string, PlatformDay & { readonly shards: number; readonly of: number }>();
  // A day on which the directory grew has shards of both layouts; it is complete once all shards of one
  // layout exist.
  for (const { date, of = firstShards, final, figures, computedAt } of data) {
    const key = `${date} ${of}`;
    const known = days.get(key);
    days.set(key, {
      ...{ date, of },
      shards: (known?.shards ?? 0) + 1,
      final: final && known?.final !== false,
      figures: addFigures(known?.figures ?? {}, figures),
      computedAt: known === undefined || computedAt > known.computedAt ? computedAt : known.computedAt,
    });
  }
  return [...days.values()]
    .filter(({ shards, of }) => shards === of)
    .map(({ shards: _, of: __, ...day }) => day);
}

/** The organizations that need attention, most urgent first, and their total number. */
export async function organizationsToLookAt(
  platform: OrganizationScope,
): Promise<{ items: Attention[]; total: number }> {
  const shards = await findAll(platform, AttentionItem, {}, { consistent: false });
  return {
    items: shards
      .flatMap(({ items }) => items)
      .map(weighedAgain)
      .sort(byUrgency),
    total: shards.reduce((sum, { total }) => sum + total, 0),
  };
}

/** The organizations with the highest figures of a day, across shards. */
export async function leadersOf(
  platform: OrganizationScope,
  metric: OrganizationMetric,
  date: string,
): Promise<NonNullable<Leaders[OrganizationMetric]>> {
  const shards = await findAll(platform, LeadersItem, { date }, { consistent: false });
  return highest(shards.map(({ leaders }) => leaders[metric] ?? []));
}
