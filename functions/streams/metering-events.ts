import { createHash } from 'node:crypto';
import { OrganizationId } from '../../domain/ids.ts';
import { kindOf } from '../../domain/nouns.ts';
import { partsOfKey } from '../../domain/table/kinds.ts';
import { metricsOf } from '../../domain/usage/figures.ts';
import { UsageSnapshot } from '../../domain/usage/usage.schema.ts';
import { daysBefore } from '../../domain/usage/usage-day.ts';
import type { StreamRecord } from '../../events/change.ts';
import { type MeteringEvent, meteredMetrics, meteredType } from '../../events/metering.ts';

type MeteredMetric = (typeof meteredMetrics)[number];

/** What a metric counts, if its state of a past day isn't kept. */
const counts: Partial<Record<MeteredMetric, NonNullable<UsageSnapshot['changedSince']>[number]>> = {
  users: 'users',
  teams: 'teams',
  kpis: 'kpis',
};

/** The events of a snapshot, one for each metric. */
export function meteringEventsOf(organizationId: OrganizationId, snapshot: UsageSnapshot): MeteringEvent[] {
  const { date, definition, computedAt, changedSince = [] } = snapshot;
  const values = metricsOf(snapshot);
  return meteredMetrics.map((metric) => {
    const counted = counts[metric];
    const about = [organizationId, metric, date, definition].join('\n');
    return {
      specversion: '1.0',
      id: createHash('sha256').update(about).digest('hex'),
      source: '/mtcms/usage',
      type: meteredType,
      subject: organizationId,
      time: computedAt,
      datacontenttype: 'application/json',
      data: {
        metric,
        value: values[metric],
        period: { from: `${date}T00:00:00.000Z`, to: `${daysBefore(date, -1)}T00:00:00.000Z` },
        definition,
        exact: counted === undefined || !changedSince.includes(counted),
      },
    };
  });
}

/** What a snapshot's image says of itself, if it is final. */
const finalIn = (image: unknown) => {
  const snapshot = UsageSnapshot.safeParse(image).data;
  return snapshot?.final === true ? snapshot : undefined;
};

/**
 * How long before it is written a snapshot can have been computed, in milliseconds: a run takes a quarter of
 * an hour. What is older was brought in from elsewhere, as example data is, and charged for there if at all.
 */
const longestRunMs = 3_600_000;

/**
 * The events that a record of the table's stream causes: those of a snapshot that has become final, or final
 * by new definitions. None for anything else.
 */
export function meteringEventsIn({
  key,
  at,
  before,
  after,
}: Pick<StreamRecord, 'key' | 'at' | 'before' | 'after'>): MeteringEvent[] {
  if (kindOf(key)?.name !== 'usageSnapshot') return [];
  const snapshot = finalIn(after);
  const organizationId = OrganizationId.safeParse(partsOfKey(key.pk).organization).data;
  if (snapshot === undefined || organizationId === undefined) return [];
  if (at * 1000 - Date.parse(snapshot.computedAt) > longestRunMs) return [];
  if (finalIn(before)?.definition === snapshot.definition) return [];
  return meteringEventsOf(organizationId, snapshot);
}
