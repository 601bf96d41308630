import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { jobMetrics, metricsNamespace, requestMetrics } from '../../events/metrics.ts';
import { tableOperations, type Watched } from './alarm-list.ts';
import { StreamConsumer } from './stream-consumer.ts';

interface StageDashboardProps extends Watched {
  readonly alarms: Alarm[];
}

const period = Duration.minutes(5);
const sum = { period, statistic: Stats.SUM };
const p99 = { period, statistic: Stats.p(99) };

/**
 * A stage at a glance, from top to bottom in the order in which one looks: what is alarming, what people
 * feel, which functions, the table, what follows a change, and scheduled work.
 */
export class StageDashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, ...watched }: StageDashboardProps) {
    super(scope, id);
    const rows = [
      requestRow(watched),
      routeRow(watched.stage),
      functionRow(watched),
      tableRow(watched),
      workRow(watched),
    ].map((row) => row.map(([title, left]) => new GraphWidget({ title, left, width: 24 / row.length })));
    const status =
      alarms.length === 0 ? [] : [[new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 4 })]];
    new Dashboard(this, 'Dashboard', {
      dashboardName: `mtcms-${watched.stage}`,
      defaultInterval: Duration.hours(12),
      widgets: [...status, ...rows],
    });
  }
}

type Graph = readonly [title: string, left: IMetric[]];

/** A line for each value of a dimension that there is, so that new routes and plans show by themselves. */
const each = (stage: string, dimension: string, metric: string, statistic: string): IMetric =>
  new MathExpression({
    expression: `SEARCH('{${metricsNamespace(stage)},${dimension}} MetricName="${metric}"', '${statistic}', ${period.toSeconds()})`,
    label: '',
    period,
  });

const [route, tier] = requestMetrics.dimensions;

const requestRow = ({ stage, http }: Watched): Graph[] => [
  ['Requests', [http.api.metricCount(sum), http.api.metricClientError(sum), http.api.metricServerError(sum)]],
  [
    'Latency, ms: half, and 99 in 100',
    [http.api.metricLatency({ period, statistic: Stats.p(50) }), http.api.metricLatency(p99)],
  ],
  ['Requests by plan', [each(stage, tier, requestMetrics.latency, 'SampleCount')]],
  ['Latency by plan, ms, 99 in 100', [each(stage, tier, requestMetrics.latency, 'p99')]],
];

const routeRow = (stage: string): Graph[] => [
  ['Requests by route', [each(stage, route, requestMetrics.latency, 'SampleCount')]],
  ['Latency by route, ms, 99 in 100', [each(stage, route, requestMetrics.latency, 'p99')]],
  ['5xx by route', [each(stage, route, requestMetrics.failures, 'Sum')]],
];

function functionRow({ functions }: Watched): Graph[] {
  const graph = (title: string, metricOf: (one: (typeof functions)[number]) => Metric): Graph => [
    title,
    functions.map((one) => metricOf(one).with({ label: one.service })),
  ];
  return [
    graph('Invocations by function', ({ lambda }) => lambda.metricInvocations(sum)),
    graph('Errors by function', ({ lambda }) => lambda.metricErrors(sum)),
    graph('Throttles by function', ({ lambda }) => lambda.metricThrottles(sum)),
    graph('Duration by function, ms, 99 in 100', ({ lambda }) => lambda.metricDuration(p99)),
  ];
}

function tableRow({ table }: Watched): Graph[] {
  const ofTable = (metricName: string, statistic: string, more = {}) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: table.tableName, ...more },
      period,
      statistic,
    });
  const byOperation = (metricName: string, statistic: string) =>
    tableOperations.map((Operation) =>
      ofTable(metricName, statistic, { Operation }).with({ label: Operation }),
    );
  return [
    [
      'Capacity units of the table',
      [ofTable('ConsumedReadCapacityUnits', Stats.SUM), ofTable('ConsumedWriteCapacityUnits', Stats.SUM)],
    ],
    ['Refused by the table, by operation', byOperation('ThrottledRequests', Stats.SUM)],
    ['Latency of the table, ms, 99 in 100', byOperation('SuccessfulRequestLatency', Stats.p(99))],
  ];
}

const workRow = ({ stage, functions, schedules }: Watched): Graph[] => [
  [
    'Age of the oldest change not handled, ms',
    functions.flatMap((one) =>
      one instanceof StreamConsumer
        ? [one.lambda.metric('IteratorAge', { period, statistic: Stats.MAXIMUM, label: one.service })]
        : [],
    ),
  ],
  [
    'Scheduled runs that ended well, an hour',
    [...new Set(schedules.flatMap(({ starts }) => starts.map(({ job }) => job)))].map(
      (job) =>
        new Metric({
          namespace: metricsNamespace(stage),
          metricName: jobMetrics.done,
          dimensionsMap: { [jobMetrics.dimension]: job },
          period: Duration.hours(1),
          statistic: Stats.SUM,
          label: job,
        }),
    ),
  ],
  [
    'Scheduled runs given up',
    schedules.flatMap(({ group, starts: [start] }) =>
      start === undefined
        ? []
        : [
            group.metricDropped({ ...sum, label: `${start.target.service} not started` }),
            start.target.lambda.metric('AsyncEventsDropped', { ...sum, label: start.target.service }),
          ],
    ),
  ],
];
