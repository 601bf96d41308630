import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { directoryShards } from '../../domain/table/layout.ts';
import {
  canaryUnclear,
  failuresWaiting,
  isolationCrossed,
  unattributedChange,
} from '../../events/alarming.ts';
import { jobs } from '../../events/metrics.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

/** A reference to another stack's resource. */
const ofStack = (id: string) => ({
  'Fn::GetStackOutput': expect.objectContaining({ OutputName: expect.stringContaining(id) }),
});

describe('the alarms of a stage with an address', () => {
  let prod: BuiltStage;
  let service: Template;
  let monitoring: Template;
  beforeAll(() => {
    prod = buildStage('prod');
    service = prod.template('service');
    monitoring = prod.template('monitoring');
  });
  afterAll(() => prod.discard());

  const Alarm = z.object({
    MetricName: z.string().optional(),
    Namespace: z.string().optional(),
    AlarmDescription: z.string(),
    AlarmActions: z.array(z.unknown()).length(1),
    TreatMissingData: z.enum(['notBreaching', 'breaching']),
  });
  const alarms = () =>
    resourcesOf(monitoring, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Alarm.parse(Properties));

  const alarmsOf = (metric: string) =>
    resourcesOf(monitoring, 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties)
      .filter(({ MetricName }) => MetricName === metric);
  const filterOf = (text: string) =>
    resourcesOf(monitoring, 'AWS::Logs::MetricFilter').find(
      ({ Properties }) => Properties.FilterPattern === `{ $.message = "${text}" }`,
    )?.Properties;

  test('watch what fails, what is late, what gave up and what is lost', () => {
    const metrics = alarms().flatMap(({ Namespace, MetricName }) =>
      MetricName === undefined ? [] : [`${Namespace} ${MetricName}`],
    );
    expect([...new Set(metrics)].toSorted()).toEqual([
      'AWS/ApiGateway Latency',
      'AWS/Lambda DestinationDeliveryFailures',
      'AWS/Lambda DroppedEventCount',
      'AWS/Lambda Errors',
      'AWS/Lambda FailedInvokeEventCount',
      'AWS/Lambda Invocations',
      'AWS/Lambda IteratorAge',
      'AWS/Lambda OnFailureDestinationDeliveredEventCount',
      'AWS/Lambda Throttles',
      'AWS/SES Reputation.BounceRate',
      'MTCMS/prod AuditWriterSetAside',
      'MTCMS/prod CanaryUnclear',
      'MTCMS/prod EventPublisherSetAside',
      'MTCMS/prod FailuresWaiting',
      'MTCMS/prod IsolationCrossed',
      'MTCMS/prod MemberTwice',
      'MTCMS/prod Misdated',
      'MTCMS/prod RunsDone',
      'MTCMS/prod TrailBroken',
      'MTCMS/prod Unattributed',
      'MTCMS/prod WaitingAlone',
    ]);
  });

  test('count each change that the audit writer can’t attribute, in its own log', () => {
    const [unattributed] = resourcesOf(monitoring, 'AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties.MetricName === 'Unattributed',
    );
    expect(unattributed?.Properties).toMatchObject({ Threshold: 1, Statistic: 'Sum' });
    const filter = resourcesOf(monitoring, 'AWS::Logs::MetricFilter').find(
      ({ Properties }) => Properties.FilterPattern === `{ $.message = "${unattributedChange}" }`,
    );
    expect(filter?.Properties).toMatchObject({
      FilterPattern: `{ $.message = "${unattributedChange}" }`,
      LogGroupName: ofStack('AuditWriter'),
      MetricTransformations: [{ MetricName: 'Unattributed', MetricValue: '1' }],
    });
  });

  test.each(['AuditWriter', 'EventPublisher'])('tell of %s long before the stream forgets', (id) => {
    const ages = alarmsOf('IteratorAge').filter(({ Dimensions }) => JSON.stringify(Dimensions).includes(id));
    expect(ages.map(({ Threshold }) => Threshold)).toEqual([10 * 60_000, 6 * 3_600_000]);
    const [retrying] = alarmsOf('FailedInvokeEventCount').filter(({ Dimensions }) =>
      JSON.stringify(Dimensions).includes(id),
    );
    expect(retrying).toMatchObject({ Threshold: 1, EvaluationPeriods: 3, Period: 300 });
    const [silent] = alarmsOf('Invocations').filter(({ Dimensions }) =>
      JSON.stringify(Dimensions).includes(id),
    );
    expect(silent).toMatchObject({
      ...{ ComparisonOperator: 'LessThanThreshold', Threshold: 1, Period: 3600 },
      TreatMissingData: 'breaching',
    });
  });

  test('go on for as long as the failure bucket is not empty', () => {
    expect(alarmsOf('FailuresWaiting')).toMatchObject([{ Period: 3600, Threshold: 1, Statistic: 'Sum' }]);
    expect(filterOf(failuresWaiting)).toMatchObject({
      LogGroupName: ofStack('Redrive'),
    });
  });

  test('tell of a crossing, and of an attempt that says nothing', () => {
    for (const [text, metric] of [
      [isolationCrossed, 'IsolationCrossed'],
      [canaryUnclear, 'CanaryUnclear'],
    ] as const) {
      expect(alarmsOf(metric)).toMatchObject([{ Threshold: 1, Statistic: 'Sum' }]);
      expect(filterOf(text)).toMatchObject({
        LogGroupName: ofStack('Canary'),
        MetricTransformations: [{ MetricName: metric, MetricValue: '1' }],
      });
    }
  });

  const named = (id: string) => {
    const found = resourcesOf(monitoring, 'AWS::CloudWatch::Alarm').find(
      ({ Properties }) => Properties.AlarmName === `mtcms-prod-${id}`,
    );
    if (found === undefined) throw new Error(`There is no alarm ${id}`);
    return found.Properties;
  };

  test.each(Object.keys(jobs))('tell of %s that did not run, also when nothing is heard of it', (job) => {
    const id = job.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(named(`${id}NotRun`)).toMatchObject({
      ...{ Namespace: 'MTCMS/prod', MetricName: 'RunsDone', Statistic: 'Sum', Period: 3600 },
      Dimensions: [{ Name: 'Job', Value: job }],
      ...{ ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' },
    });
  });

  test('tell of one shard of an hourly run that is missing, and of a daily run after 26 hours', () => {
    expect(named('UsageHourNotRun')).toMatchObject({ Threshold: directoryShards, EvaluationPeriods: 2 });
    expect(named('CanaryNotRun')).toMatchObject({ Threshold: 1, EvaluationPeriods: 2 });
    expect(named('UsageDayNotRun')).toMatchObject({ Threshold: 1, EvaluationPeriods: 26 });
  });

  const Target = z.object({
    Arn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
    DeadLetterConfig: z.object({ Arn: z.object({ 'Fn::GetAtt': z.array(z.string()) }) }),
  });

  test('tell of events that were dropped: not started by the schedule, or given up by Lambda’s queue', () => {
    expect(named('UsageGivenUp')).toMatchObject({
      Metrics: [
        { Expression: 'FILL(started, 0) + FILL(queued, 0)' },
        { MetricStat: { Metric: { Namespace: 'AWS/Scheduler', MetricName: 'InvocationDroppedCount' } } },
        { MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'AsyncEventsDropped' } } },
      ],
    });
    const functions = service.findResources('AWS::Lambda::Function');
    for (const { Properties } of resourcesOf(service, 'AWS::Scheduler::Schedule')) {
      const { Arn, DeadLetterConfig } = Target.parse(Properties.Target);
      expect(functions[Arn['Fn::GetAtt'][0]]?.Properties.DeadLetterConfig).toEqual({
        TargetArn: DeadLetterConfig.Arn,
      });
    }
  });

  test('tell of 5xx and of refusals by their share, of slowness by p99, and of throttles of Lambda and of the table', () => {
    expect(named('ApiFailing')).toMatchObject({
      Threshold: 1,
      Metrics: [
        { Expression: 'IF(failed >= 5, 100 * failed / all, 0)' },
        { MetricStat: { Metric: { MetricName: '5xx' }, Stat: 'Sum' } },
        { MetricStat: { Metric: { MetricName: 'Count' }, Stat: 'Sum' } },
      ],
    });
    expect(named('ApiRefusing')).toMatchObject({
      ...{ Threshold: 90, EvaluationPeriods: 3, TreatMissingData: 'notBreaching' },
      Metrics: [
        { Expression: 'IF(refused >= 50, 100 * refused / all, 0)' },
        { MetricStat: { Metric: { MetricName: '4xx' }, Stat: 'Sum' } },
        { MetricStat: { Metric: { MetricName: 'Count' }, Stat: 'Sum' } },
      ],
    });
    expect(named('ApiSlow')).toMatchObject({
      ExtendedStatistic: 'p99',
      Threshold: 3000,
      EvaluationPeriods: 3,
    });
    expect(named('FunctionsThrottled')).toMatchObject({ MetricName: 'Throttles', Threshold: 1 });
    expect(JSON.stringify(named('TableThrottled').Metrics)).toContain('ThrottledRequests');
  });

  test('each link to a paragraph of the runbook that says what it means and what to do; none is left over', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const paragraphs = new Map(
      runbook.split(/^(?=##+ )/m).flatMap((part) => {
        const [, heading] = /^### `([^`]+)`\n/.exec(part) ?? [];
        return heading === undefined ? [] : [[heading, part] as const];
      }),
    );
    for (const [heading, text] of paragraphs)
      for (const part of ['**Means:**', '**Look at:**', '**Do:**']) expect(text, heading).toContain(part);
    const descriptions = prod.app.node.children
      .filter((child) => Stack.isStack(child))
      .flatMap((stack) => Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')))
      .map(({ Properties }) => Alarm.pick({ AlarmDescription: true }).parse(Properties).AlarmDescription);
    const links = new Set(descriptions.map((text) => /docs\/runbook\.md#(\w+)$/.exec(text)?.[1]));
    // AWS Budgets sends its own email, with its own text.
    links.add('budget');
    expect(
      [...paragraphs.keys()].map((heading) => heading.replace('…', '').toLowerCase()).toSorted(),
      // The stage that these tests synthesize isn't metered.
    ).toEqual([...links, 'meteringundelivered'].toSorted());
  });

  test('tell of a certificate near its end, where it is: in us-east-1, by its own ARN', () => {
    const edge = prod.template('edge');
    expect(prod.stack('edge').region).toBe('us-east-1');
    expect(resourcesOf(edge, 'AWS::CloudWatch::Alarm')[0]?.Properties).toMatchObject({
      ...{ Namespace: 'AWS/CertificateManager', MetricName: 'DaysToExpiry', Statistic: 'Minimum' },
      Dimensions: [{ Name: 'CertificateArn', Value: expect.stringContaining('us-east-1') }],
      ...{ Threshold: 30, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' },
    });
  });

  test('come of money, too: at 80 % of the budget, and when the month is expected to exceed it', () => {
    const [budget] = resourcesOf(monitoring, 'AWS::Budgets::Budget');
    const to = { Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'operations@example.com' }] };
    expect(budget?.Properties).toMatchObject({
      Budget: { BudgetLimit: { Amount: 100, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
      NotificationsWithSubscribers: [
        { Notification: { NotificationType: 'ACTUAL', Threshold: 80 }, ...to },
        { Notification: { NotificationType: 'FORECASTED', Threshold: 100 }, ...to },
      ],
    });
  });

  test('count what is given up, which Lambda does only when asked', () => {
    for (const { Properties } of resourcesOf(service, 'AWS::Lambda::EventSourceMapping'))
      expect(Properties.MetricsConfig).toEqual({ Metrics: ['EventCount'] });
  });

  test('are mailed to the address', () => {
    expect(resourcesOf(service, 'AWS::SNS::Subscription')).toMatchObject([
      { Properties: { Protocol: 'email', Endpoint: 'operations@example.com' } },
    ]);
  });

  test('may be published by CloudWatch, of this account only, and by no other service', () => {
    const policies = (['service', 'backup', 'edge'] as const).flatMap((part) =>
      resourcesOf(prod.template(part), 'AWS::SNS::TopicPolicy'),
    );
    const Policy = z.object({
      PolicyDocument: z.object({ Statement: z.array(z.looseObject({ Effect: z.string() })) }),
    });
    expect(policies).toHaveLength(3);
    for (const { Properties } of policies)
      expect(
        Policy.parse(Properties).PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow'),
      ).toMatchObject([
        {
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ]);
  });
});

test('a stage without an address has no alarms', () => {
  const local = buildStage('local');
  try {
    for (const part of ['service', 'monitoring'] as const)
      expect(local.template(part).findResources('AWS::CloudWatch::Alarm')).toEqual({});
    expect(local.template('service').findResources('AWS::SNS::Topic')).toEqual({});
  } finally {
    local.discard();
  }
});
