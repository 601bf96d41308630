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

/** Metrics that are counts, if the state of a past day isn't stored. */
const counts: Partial<Record<MeteredMetric, NonNullable<UsageSnapshot['changedSince']>[number]>> = {
  users: 'users',
  teams: 'teams',
  kpis: 'kpis',
};

/** A snapshot's events, one per metric. */
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

/** The content of a snapshot's image, if it is final. */
const finalIn = (image: unknown) => {
  const snapshot = UsageSnapshot.safeParse(image).data;
  return snapshot?.final === true ? snapshot : undefined;
};

/**
 * How long before being written a snapshot may have been computed, in milliseconds: a run takes up to 15
 * minutes. Older ones were imported, such as example data, and were billed elsewhere if at all.
 */
const longestRunMs = 3_600_000;

/**
 * The events caused by a stream record: those of a snapshot that has become final, or final under new
 * definitions; otherwise none.
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
