import { type Job, jobMetrics, metricsNamespace, requestMetrics } from '../events/metrics.ts';

/** A request as it ended. Nothing of it identifies a person. */
export interface MeasuredRequest {
  readonly requestId: string;
  /** Name of the row of the route table. */
  readonly route: string;
  /** The organization's plan, or `platform`; `none` where no organization was opened. */
  readonly tier: string;
  readonly status: number;
  readonly milliseconds: number;
}

export type MeasureRequest = (request: MeasuredRequest) => void;

interface Metric {
  readonly Name: string;
  readonly Unit: 'Count' | 'Milliseconds';
}

/** The lines are for CloudWatch, not for who runs handlers in a process of their own, as a benchmark does. */
const isSilent = () => process.env.POWERTOOLS_LOG_LEVEL === 'SILENT';

/**
 * Writes one line in the embedded metric format, which CloudWatch Logs turns into metrics. It is what
 * Powertools would write, whose module costs a cold start more than the requests can spare (decision 79). It
 * goes to stdout directly, because Lambda wraps what `console` writes into another object. Source: CloudWatch
 * User Guide, "Specification: Embedded metric format".
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

/** Writes the one line that there is of every request, by which it is found and measured. */
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

/** Says that a scheduled run has ended well. */
export const jobDone = (job: Job): void =>
  write('job done', [jobMetrics.dimension], [{ Name: jobMetrics.done, Unit: 'Count' }], {
    [jobMetrics.dimension]: job,
    [jobMetrics.done]: 1,
  });
