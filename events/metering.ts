import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { OrganizationId } from '../domain/ids.ts';
import { kindOf } from '../domain/nouns.ts';
import { partsOfKey } from '../domain/table/kinds.ts';
import { metricsOf } from '../domain/usage/figures.ts';
import { OrganizationMetric } from '../domain/usage/metric.schema.ts';
import { UsageSnapshot } from '../domain/usage/usage.schema.ts';
import { daysBefore } from '../domain/usage/usage-day.ts';
import type { StreamRecord } from './change.ts';

/** The metrics that are metered: what organizations are charged for anywhere, and no more. */
export const meteredMetrics = ['users', 'activeUsers30', 'teams', 'kpis', 'checkIns'] as const;

/** `type` of the events, and `detail-type` on the bus. */
export const meteredType = 'mtcms.usage.metered.v1';

/**
 * What an organization has used on a day, of one metric: a CloudEvent (CloudEvents 1.0, JSON format). Its id
 * says what it is about, so an event that comes again has the same id. A correction is the same with a higher
 * `definition`, and takes the place of the others: docs/billing.md.
 */
export const MeteringEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.literal('/mtcms/usage'),
  type: z.literal(meteredType),
  /** The organization. */
  subject: OrganizationId,
  /** When the figure was computed. */
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.object({
    metric: OrganizationMetric,
    value: z.number(),
    /** The day, from its first moment to the first one after it. ISO 8601 UTC. */
    period: z.object({ from: z.string(), to: z.string() }),
    /** Version of the metrics' definitions, docs/metrics.md. The highest counts. */
    definition: z.int(),
    /** False if it was computed so late that what it counts had changed since. */
    exact: z.boolean(),
  }),
});
export type MeteringEvent = z.infer<typeof MeteringEvent>;

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
 * How long before it is written a snapshot can have been computed, in milliseconds: a run takes a quarter of an
 * hour. What is older was brought in from elsewhere, as example data is, and charged for there if at all.
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
