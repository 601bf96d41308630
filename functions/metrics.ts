import { type Job, jobMetrics, metricsNamespace, requestMetrics } from '../events/metrics.ts';

/** A completed request. Contains nothing that identifies a person. */
export interface MeasuredRequest {
  readonly requestId: string;
  /** The route's name in the route table. */
  readonly route: string;
  /** The organization's plan, or `platform`; `none` if no organization was opened. */
  readonly tier: string;
  readonly status: number;
  readonly milliseconds: number;
}

export type MeasureRequest = (request: MeasuredRequest) => void;

interface Metric {
  readonly Name: string;
  readonly Unit: 'Count' | 'Milliseconds';
}

/** The lines are for CloudWatch, not for processes that run handlers directly, such as benchmarks. */
const isSilent = () => process.env.POWERTOOLS_LOG_LEVEL === 'SILENT';

/**
 * Writes one line in the embedded metric format, which CloudWatch Logs turns into metrics. Powertools would
 * write the same, but its module costs too much of a cold start (decision 79). Written directly to stdout,
 * because Lambda wraps what `console` writes. Source: CloudWatch User Guide, "Specification: Embedded
 * metric format".
 */
function write(
  message: string,
  dimensions: readonly string[],
  metrics: readonly Metric[],
  fields: Readonly<Record<string, string | number>>,
): void {
  const line = JSON.stringify({
    level: 'INFO',
    message,
    timestamp: new Date().toISOString(),
    service: process.env.POWERTOOLS_SERVICE_NAME,
    ...fields,
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: metricsNamespace(process.env.STAGE ?? ''),
          Dimensions: dimensions.map((name) => [name]),
          Metrics: metrics,
        },
      ],
    },
  });
  if (!isSilent()) process.stdout.write(`${line}\n`);
}

const latency: Metric = { Name: requestMetrics.latency, Unit: 'Milliseconds' };
const failures: Metric = { Name: requestMetrics.failures, Unit: 'Count' };

/** Writes the single log line of a request, used for searching and for metrics. */
export const measureRequest: MeasureRequest = ({ requestId, route, tier, status, milliseconds }) => {
  const failed = status >= 500;
  write('request', requestMetrics.dimensions, failed ? [latency, failures] : [latency], {
    requestId,
    status,
    [requestMetrics.dimensions[0]]: route,
    [requestMetrics.dimensions[1]]: tier,
    [requestMetrics.latency]: milliseconds,
    ...(failed && { [requestMetrics.failures]: 1 }),
  });
};

/** Records that a scheduled run has succeeded. */
export const jobDone = (job: Job): void =>
  write('job done', [jobMetrics.dimension], [{ Name: jobMetrics.done, Unit: 'Count' }], {
    [jobMetrics.dimension]: job,
    [jobMetrics.done]: 1,
  });
