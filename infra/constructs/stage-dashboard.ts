import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmState,
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  Dashboard,
  GraphWidget,
  type IMetric,
  LegendPosition,
  MathExpression,
  Metric,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { jobMetrics, metricsNamespace, requestMetrics } from '../../events/metrics.ts';
import type { Watched } from './alarm-list.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { tableOperations } from './table-alarm.ts';

interface StageDashboardProps extends Watched {
  readonly alarms: Alarm[];
}

const period = Duration.minutes(5);
const sum = { period, statistic: Stats.SUM };
const p99 = { period, statistic: Stats.p(99) };

/**
 * A stage at a glance, in the order of an investigation: active alarms, what users notice, functions, the
 * table, stream consumers, and scheduled work.
 */
export class StageDashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, ...watched }: StageDashboardProps) {
    super(scope, id);
    const [counts, times] = functionRows(watched);
    const rows = [
      requestRow(watched),
      routeRow(watched.stage),
      counts,
      times,
      tableRow(watched),
      workRow(watched),
      ...mailRows(watched),
    ].map((row) => {
      // Below the graph, that many names would leave no room for the lines.
      const many = row.some(([, left]) => left.length > 10);
      const look = many ? { height: 8, legendPosition: LegendPosition.RIGHT } : {};
      return row.map(([title, left]) => new GraphWidget({ title, left, width: 24 / row.length, ...look }));
    });
    const raised = {
      ...{ title: 'Alarms that are raised, latest first', alarms, width: 24, height: 3 },
      ...{ states: [AlarmState.ALARM], sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP },
    };
    const status = alarms.length === 0 ? [] : [[new AlarmStatusWidget(raised)]];
    new Dashboard(this, 'Dashboard', {
      dashboardName: `mtcms-${watched.stage}`,
      defaultInterval: Duration.hours(12),
      widgets: [...status, ...rows],
    });
  }
}

type Graph = readonly [title: string, left: IMetric[]];

/** One line for each value of a dimension, so that new routes and plans appear automatically. */
const search = (stage: string, dimension: string, metric: string, statistic: string): string =>
  `SEARCH('{${metricsNamespace(stage)},${dimension}} MetricName="${metric}"', '${statistic}', ${period.toSeconds()})`;

const each = (...of: Parameters<typeof search>): IMetric =>
  new MathExpression({ expression: search(...of), label: '', period });

/** The ten highest lines, by mean or sum, where all of them would be unreadable. */
const highest = (by: 'AVG' | 'SUM', ...of: Parameters<typeof search>): IMetric =>
  new MathExpression({ expression: `SORT(${search(...of)}, ${by}, DESC, 10)`, label: '', period });

const [route, tier] = requestMetrics.dimensions;

const requestRow = ({ stage, http }: Watched): Graph[] => [
  [
    'Requests',
    [
      http.api.metricCount({ ...sum, label: 'all' }),
      http.api.metricClientError({ ...sum, label: '4xx' }),
      http.api.metricServerError({ ...sum, label: '5xx' }),
    ],
  ],
  [
    'Latency, ms',
    [
      http.api.metricLatency({ period, statistic: Stats.p(50), label: 'half are faster' }),
      http.api.metricLatency({ ...p99, label: '99 in 100 are faster' }),
    ],
  ],
  ['Requests by plan', [each(stage, tier, requestMetrics.latency, 'SampleCount')]],
  ['Latency by plan, ms (99 in 100)', [each(stage, tier, requestMetrics.latency, 'p99')]],
];

const routeRow = (stage: string): Graph[] => [
  ['Most requested routes', [highest('SUM', stage, route, requestMetrics.latency, 'SampleCount')]],
  ['Slowest routes, ms (99 in 100)', [highest('AVG', stage, route, requestMetrics.latency, 'p99')]],
  ['5xx by route', [each(stage, route, requestMetrics.failures, 'Sum')]],
];

function functionRows({ functions }: Watched): readonly [counts: Graph[], times: Graph[]] {
  const graph = (title: string, metricOf: (one: (typeof functions)[number]) => Metric): Graph => [
    title,
    functions.map((one) => metricOf(one).with({ label: one.service })),
  ];
  return [
    [
      graph('Invocations by function', ({ lambda }) => lambda.metricInvocations(sum)),
      graph('Duration by function, ms (99 in 100)', ({ lambda }) => lambda.metricDuration(p99)),
    ],
    [
      graph('Errors by function', ({ lambda }) => lambda.metricErrors(sum)),
      graph('Throttles by function', ({ lambda }) => lambda.metricThrottles(sum)),
    ],
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
      [
        ofTable('ConsumedReadCapacityUnits', Stats.SUM).with({ label: 'read' }),
        ofTable('ConsumedWriteCapacityUnits', Stats.SUM).with({ label: 'written' }),
      ],
    ],
    ['Refused by the table', byOperation('ThrottledRequests', Stats.SUM)],
    ['Latency of the table, ms (99 in 100)', byOperation('SuccessfulRequestLatency', Stats.p(99))],
  ];
}

function workRow({ stage, functions, schedules }: Watched): Graph[] {
  const starts = schedules.flatMap((one) => one.starts);
  const dropped = schedules.map(({ group }, index) => [`group${index}`, group.metricDropped(sum)] as const);
  const notStarted = new MathExpression({
    expression: dropped.map(([name]) => `FILL(${name}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(dropped),
    label: 'not started',
    period,
  });
  const endedWell = (job: string) =>
    new Metric({
      namespace: metricsNamespace(stage),
      metricName: jobMetrics.done,
      dimensionsMap: { [jobMetrics.dimension]: job },
      period: Duration.hours(1),
      statistic: Stats.SUM,
      label: job,
    });
  const age = { period, statistic: Stats.MAXIMUM };
  return [
    [
      'Delay of audit entries and events, ms',
      functions
        .filter((one) => one instanceof StreamConsumer)
        .map(({ service: label, lambda }) => lambda.metric('IteratorAge', { ...age, label })),
    ],
    [
      'Scheduled runs that ended well, by the hour',
      [...new Set(starts.map(({ job }) => job))].map(endedWell),
    ],
    [
      'Scheduled runs given up',
      [
        notStarted,
        ...[...new Set(starts.map(({ target }) => target))].map(({ lambda, service: label }) =>
          lambda.metric('AsyncEventsDropped', { ...sum, label }),
        ),
      ],
    ],
  ];
}

/** Amazon SES's figures for the account, if this stage sends email. */
const mailRows = ({ mailing }: Watched): Graph[][] => {
  const ofMail = (metricName: string, statistic: string, label: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, period: Duration.hours(1), statistic, label });
  if (mailing.length === 0) return [];
  const row: Graph[] = [
    [
      'Emails, by the hour',
      ['Send', 'Delivery', 'Bounce', 'Complaint'].map((name) => ofMail(name, Stats.SUM, name.toLowerCase())),
    ],
    [
      'Emails: share that bounces, share that is complained of',
      [
        ofMail('Reputation.BounceRate', Stats.MAXIMUM, 'bounces'),
        ofMail('Reputation.ComplaintRate', Stats.MAXIMUM, 'complaints'),
      ],
    ],
  ];
  return [row];
};
