import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
  brokenTrail,
  canaryUnclear,
  failuresWaiting,
  isolationCrossed,
  memberTwice,
  misdatedChange,
  recordSetAside,
  unattributedChange,
  waitingAlone,
} from '../../events/alarming.ts';
import { jobMetrics, jobs as meaning, metricsNamespace } from '../../events/metrics.ts';
import type { AlarmSettings } from './alarm-mail.ts';
import type { Metering } from './metering.ts';
import type { Reminders } from './reminders.ts';
import type { RouteTableApi } from './route-table-api.ts';
import type { Schedules } from './schedules.ts';
import type { ServiceFunction } from './service-function.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { tableThrottled } from './table-alarm.ts';

/** The resources to watch. */
export interface Watched {
  readonly stage: string;
  readonly http: RouteTableApi;
  readonly table: ITable;
  readonly functions: readonly ServiceFunction[];
  readonly schedules: readonly Schedules[];
  readonly metering: readonly Metering[];
  readonly mailing: readonly Reminders[];
}

/** Log lines of a function, counted by message; the first one raises the alarm. */
interface WatchedLines {
  readonly id: string;
  readonly paragraph?: string;
  readonly says: string;
  /** The function's service. */
  readonly of: string;
  readonly message: string;
  /** The period over which they are counted. Default: five minutes. */
  readonly period?: Duration;
}

const fiveMinutes = { period: Duration.minutes(5), statistic: Stats.SUM };
const hourly = { period: Duration.hours(1), statistic: Stats.SUM };

/** `usage-hour` → `UsageHour`. */
const pascal = (name: string): string =>
  name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What each stream reader produces. */
const madeOfChanges: Readonly<Record<string, string>> = {
  'audit-writer': 'Audit entries',
  'event-publisher': 'Domain events',
};

/** Log lines that need a person's attention. */
export const watchedLines: readonly WatchedLines[] = [
  {
    ...{ id: 'Unattributed', of: 'audit-writer', message: unattributedChange },
    says: 'A change has no author.',
  },
  {
    ...{ id: 'Misdated', of: 'audit-writer', message: misdatedChange },
    says: 'The time in a change differs from the table’s.',
  },
  ...Object.entries(madeOfChanges).map(([of, what]) => ({
    ...{ id: `${pascal(of)}SetAside`, paragraph: '…SetAside', of, message: recordSetAside },
    says: `${what} are missing: a record can't be read, and is in the failure bucket.`,
  })),
  {
    ...{ id: 'FailuresWaiting', of: 'redrive', message: failuresWaiting },
    says: 'The failure bucket is not empty: entries or events are missing until it is replayed.',
    // Counted once an hour.
    period: hourly.period,
  },
  {
    ...{ id: 'IsolationCrossed', of: 'canary', message: isolationCrossed },
    says: 'The credentials of one organization reached the data of another.',
  },
  {
    ...{ id: 'CanaryUnclear', of: 'canary', message: canaryUnclear },
    says: 'The isolation canary was inconclusive: a control failed, or a request ended in another error.',
  },
  {
    ...{ id: 'TrailBroken', of: 'audit-checkpoints', message: brokenTrail },
    says: 'An audit log differs from what was recorded: the function’s log names the organization and the entries.',
  },
  {
    ...{ id: 'WaitingAlone', of: 'approvals', message: waitingAlone },
    says: 'The only super admin requested an action that needs two. It can be carried out in 24 hours unless it is withdrawn under Approvals. If you don’t expect this, their account may be compromised.',
  },
  {
    ...{ id: 'MemberTwice', of: 'invitations', message: memberTwice },
    says: 'A user is a member of two organizations and can reach only one of them: the log names the user.',
  },
];

/** All alarms of a stage's region, except those of `watchedLines`. Each has a paragraph in the runbook. */
export const alarmList = (watched: Watched): readonly AlarmSettings[] => [
  ...ofRequests(watched),
  tableThrottled(watched.table),
  ...watched.functions.flatMap((one) => (one instanceof StreamConsumer ? ofConsumer(one) : [])),
  ...watched.schedules.flatMap((one) => ofSchedules(watched.stage, one)),
  ...[...watched.metering, ...watched.mailing].map(({ alarm }) => alarm),
];

/** Short, because a tenth of the requests already go to the new version. */
const aMinute = { period: Duration.minutes(1), statistic: Stats.SUM };

/** Alarms that roll back a new version. Nothing crashes in normal operation. */
export const rolloutAlarms = ({
  http,
  functions,
}: Pick<Watched, 'http' | 'functions'>): readonly AlarmSettings[] => [
  {
    ...{ id: 'RolloutFailing', paragraph: 'Rollout…', threshold: 5 },
    says: 'The API responds with 5xx: a deployment in progress is rolled back.',
    metric: http.api.metricServerError(aMinute),
  },
  ...functions
    .filter(({ answersPeople }) => answersPeople)
    .map(({ service, live }) => ({
      ...{ id: `Rollout${pascal(service)}Crashing`, paragraph: 'Rollout…' },
      says: 'A function crashes: a deployment in progress is rolled back.',
      metric: live.metricErrors(aMinute),
    })),
];

function ofRequests({ http, functions, schedules }: Watched): AlarmSettings[] {
  const elsewhere = new Set(schedules.flatMap(({ starts }) => starts.map(({ target }) => target)));
  const own = functions.filter((one) => !elsewhere.has(one) && !(one instanceof StreamConsumer));
  const all = http.api.metricCount(fiveMinutes);
  const counted = { failed: http.api.metricServerError(fiveMinutes), all };
  return [
    {
      id: 'ApiFailing',
      says: 'The API responded with 5xx to at least one request in a hundred, and to at least five.',
      metric: new MathExpression({
        expression: 'IF(failed >= 5, 100 * failed / all, 0)',
        usingMetrics: counted,
        period: fiveMinutes.period,
      }),
    },
    {
      id: 'ApiRefusing',
      says: 'For a quarter of an hour, the API responded with 4xx to at least nine requests in ten, and to at least fifty every five minutes: everyone may be locked out.',
      metric: new MathExpression({
        expression: 'IF(refused >= 50, 100 * refused / all, 0)',
        usingMetrics: { refused: http.api.metricClientError(fiveMinutes), all },
        period: fiveMinutes.period,
      }),
      threshold: 90,
      periods: 3,
    },
    {
      id: 'ApiSlow',
      says: 'For a quarter of an hour, one request in a hundred took at least three seconds.',
      metric: http.api.metricLatency({ period: fiveMinutes.period, statistic: Stats.p(99) }),
      threshold: 3000,
      periods: 3,
    },
    {
      id: 'FunctionsThrottled',
      says: 'Lambda refused to run functions: a limit on concurrency is reached.',
      // For all functions of the account in this region, since they share its concurrency.
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', ...fiveMinutes }),
    },
    ...own.map(({ service, lambda }) => ({
      id: `${pascal(service)}Crashed`,
      paragraph: '…Crashed',
      says: 'The function crashed or ran out of time or memory: its log says which.',
      metric: lambda.metricErrors(fiveMinutes),
    })),
  ];
}

/** Problems of a stream consumer, raised long before the stream discards unprocessed records. */
function ofConsumer({ service, lambda, mapping }: StreamConsumer): AlarmSettings[] {
  const what = madeOfChanges[service] ?? 'Changes';
  const age = lambda.metric('IteratorAge', { period: fiveMinutes.period, statistic: Stats.MAXIMUM });
  const ofMapping = (metricName: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
      ...fiveMinutes,
    });
  const alarm = (word: string, says: string, metric: IMetric): AlarmSettings => ({
    ...{ id: `${pascal(service)}${word}`, paragraph: `…${word}`, metric },
    says: `${what} are ${says}`,
  });
  return [
    {
      ...alarm('Behind', 'late by more than ten minutes.', age),
      threshold: Duration.minutes(10).toMilliseconds(),
    },
    {
      ...alarm('Stuck', 'late by more than six hours. After 23 they go into the failure bucket.', age),
      threshold: Duration.hours(6).toMilliseconds(),
    },
    {
      ...alarm('Retrying', 'failing for a quarter of an hour.', ofMapping('FailedInvokeEventCount')),
      periods: 3,
    },
    {
      // The canary changes an item every few minutes, so there is always something to process.
      ...alarm('Silent', 'not being made for an hour: nothing ran.', lambda.metricInvocations(hourly)),
      below: true,
    },
    alarm(
      'GaveUp',
      'missing: their records are in the failure bucket.',
      ofMapping('OnFailureDestinationDeliveredEventCount'),
    ),
    alarm(
      'Lost',
      'lost: the failure bucket could not be written.',
      lambda.metric('DestinationDeliveryFailures', fiveMinutes),
    ),
    alarm('Dropped', 'lost: their records were dropped.', ofMapping('DroppedEventCount')),
  ];
}

/** Work that failed, was given up, or wasn't done when due. */
function ofSchedules(stage: string, { group, starts }: Schedules): AlarmSettings[] {
  const targets = Map.groupBy(starts, ({ target }) => target);
  const jobs = Map.groupBy(starts, ({ job }) => job);
  return [
    ...[...targets].flatMap(([{ service, lambda }, [start]]) => [
      {
        id: `${pascal(service)}Failed`,
        paragraph: '…Failed',
        says: `A run failed and is retried twice. ${start ? meaning[start.job] : ''}`,
        metric: lambda.metricErrors(fiveMinutes),
      },
      {
        id: `${pascal(service)}GivenUp`,
        paragraph: '…GivenUp',
        says: `A run was given up. ${start ? meaning[start.job] : ''}`,
        metric: new MathExpression({
          expression: 'FILL(started, 0) + FILL(queued, 0)',
          usingMetrics: {
            started: group.metricDropped(fiveMinutes),
            queued: lambda.metric('AsyncEventsDropped', fiveMinutes),
          },
          period: fiveMinutes.period,
        }),
      },
    ]),
    ...[...jobs].map(([job, all]) => {
      const isDaily = all.some((one) => one.isDaily);
      return {
        id: `${pascal(job)}NotRun`,
        paragraph: '…NotRun',
        says: isDaily
          ? `No run has succeeded for 26 hours. ${meaning[job]}`
          : `For two hours, fewer runs ended well than there are schedules. ${meaning[job]}`,
        metric: new Metric({
          namespace: metricsNamespace(stage),
          metricName: jobMetrics.done,
          dimensionsMap: { [jobMetrics.dimension]: job },
          ...hourly,
        }),
        threshold: isDaily ? 1 : all.length,
        periods: isDaily ? 26 : 2,
        below: true,
      };
    }),
  ];
}
