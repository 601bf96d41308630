import * as z from 'zod/mini';
import { OrganizationId } from '../domain/ids.ts';
import { OrganizationMetric } from '../domain/usage/metric.schema.ts';

/** The metrics that are metered: what organizations are charged for anywhere, and no more. */
export const meteredMetrics = ['users', 'activeUsers30', 'teams', 'kpis', 'checkIns'] as const;

/** `type` of the events, and `detail-type` on the bus. */
export const meteredType = 'mtcms.usage.metered.v1';

/**
 * An organization's usage of one metric on one day, as a CloudEvent (CloudEvents 1.0, JSON format). Its id
 * is derived from these, so a repeated event has the same id. A correction is the same event with a higher
 * `definition`, and replaces the earlier ones: docs/billing.md.
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
