import type { OrganizationScope } from '../table/scope.ts';
import type { Attention } from './attention.schema.ts';
import { byUrgency } from './attention.ts';
import { LeadersEntity } from './leaders.entity.ts';
import { highest, type Leaders } from './leaders.ts';
import type { OrganizationMetric, PlatformMetric } from './metric.schema.ts';
import { AttentionEntity, RollupEntity } from './rollup.entity.ts';
import { addFigures, type Tally } from './tally.ts';

/** One day of the platform: all shards together. */
export interface PlatformDay {
  readonly date: string;
  /** Whether every shard is final. */
  readonly final: boolean;
  readonly figures: Partial<Record<PlatformMetric, number>>;
  /** When the last of them was computed. */
  readonly computedAt: string;
}

/** Keeps what a run has added up over its shard. Running it again gives the same item. */
export async function keepRollup(
  { organizationId, client, table }: OrganizationScope,
  { tally, ...day }: { date: string; shard: number; final: boolean; tally: Tally },
  now: Date,
): Promise<void> {
  const computedAt = now.toISOString();
  const { figures, leaders } = tally;
  const { date, shard } = day;
  await RollupEntity.put({ organizationId, ...day, figures, computedAt }).go({ client, table });
  await LeadersEntity.put({ organizationId, date, shard, leaders }).go({ client, table });
  // What needs attention is a matter of today: a day that is closed says nothing about it.
  if (day.final) return;
  const { attention, attentionTotal: total } = tally;
  await AttentionEntity.put({ organizationId, shard, items: [...attention], total, computedAt }).go({
    client,
    table,
  });
}

/** The platform's days from the first to the last given (both inclusive), oldest first. A day nobody computed is missing. */
export async function platformDays(
  { organizationId, client, table }: OrganizationScope,
  from: string,
  to: string,
): Promise<PlatformDay[]> {
  const { data } = await RollupEntity.query
    .primary({ organizationId })
    .between({ date: from }, { date: `${to}~` })
    .go({ client, table, pages: 'all' });
  const days = new Map<string, PlatformDay>();
  for (const { date, final, figures, computedAt } of data) {
    const known = days.get(date);
    days.set(date, {
      date,
      final: final && known?.final !== false,
      figures: addFigures(known?.figures ?? {}, figures),
      computedAt: known === undefined || computedAt > known.computedAt ? computedAt : known.computedAt,
    });
  }
  return [...days.values()];
}

/** The organizations to look at, the most pressing first, and how many there are in all. */
export async function organizationsToLookAt({
  organizationId,
  client,
  table,
}: OrganizationScope): Promise<{ items: Attention[]; total: number }> {
  const { data } = await AttentionEntity.query
    .primary({ organizationId })
    .go({ client, table, pages: 'all' });
  return {
    items: data.flatMap(({ items }) => items).sort(byUrgency),
    total: data.reduce((sum, { total }) => sum + total, 0),
  };
}

/** The organizations with the highest figures of a day, of all shards. */
export async function leadersOf(
  { organizationId, client, table }: OrganizationScope,
  metric: OrganizationMetric,
  date: string,
): Promise<NonNullable<Leaders[OrganizationMetric]>> {
  const { data } = await LeadersEntity.query
    .primary({ organizationId, date })
    .go({ client, table, pages: 'all' });
  return highest(data.map(({ leaders }) => leaders[metric] ?? []));
}
