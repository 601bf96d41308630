import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  canaryUnclear,
  failuresWaiting,
  isolationCrossed,
  unattributedChange,
} from '../../events/alarming.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

describe('the alarms of a stage with an address', () => {
  let prod: BuiltStage;
  let service: Template;
  beforeAll(() => {
    prod = buildStage('prod');
    service = prod.template('service');
  });
  afterAll(() => prod.discard());

  const Alarm = z.object({
    MetricName: z.string().optional(),
    Namespace: z.string().optional(),
    AlarmDescription: z.string(),
    AlarmActions: z.array(z.object({ Ref: z.string() })).length(1),
    TreatMissingData: z.enum(['notBreaching', 'breaching']),
  });
  const alarms = () =>
    resourcesOf(service, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Alarm.parse(Properties));

  const alarmsOf = (metric: string) =>
    resourcesOf(service, 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties)
      .filter(({ MetricName }) => MetricName === metric);
  const filterOf = (text: string) =>
    resourcesOf(service, 'AWS::Logs::MetricFilter').find(
      ({ Properties }) => Properties.FilterPattern === `{ $.message = "${text}" }`,
    )?.Properties;

  test('watch what fails, what is late, what gave up and what is lost', () => {
    const metrics = alarms().flatMap(({ Namespace, MetricName }) =>
      MetricName === undefined ? [] : [`${Namespace} ${MetricName}`],
    );
    expect([...new Set(metrics)].toSorted()).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/Lambda DestinationDeliveryFailures',
      'AWS/Lambda DroppedEventCount',
      'AWS/Lambda Errors',
      'AWS/Lambda FailedInvokeEventCount',
      'AWS/Lambda Invocations',
      'AWS/Lambda IteratorAge',
      'AWS/Lambda OnFailureDestinationDeliveredEventCount',
      'AWS/Scheduler InvocationDroppedCount',
      'MTCMS/mtcms-prod-service AuditWriterSetAside',
      'MTCMS/mtcms-prod-service BrokenTrails',
      'MTCMS/mtcms-prod-service CanaryUnclear',
      'MTCMS/mtcms-prod-service CheckpointedShards',
      'MTCMS/mtcms-prod-service EventPublisherSetAside',
      'MTCMS/mtcms-prod-service FailuresWaiting',
      'MTCMS/mtcms-prod-service IsolationCrossings',
      'MTCMS/mtcms-prod-service MembersTwice',
      'MTCMS/mtcms-prod-service MisdatedChanges',
      'MTCMS/mtcms-prod-service UnattributedChanges',
      'MTCMS/mtcms-prod-service WaitingAlone',
    ]);
  });

  test('count each change that the audit writer can’t attribute, in its own log', () => {
    const [unattributed] = resourcesOf(service, 'AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties.MetricName === 'UnattributedChanges',
    );
    expect(unattributed?.Properties).toMatchObject({ Threshold: 1, Statistic: 'Sum' });
    const filter = resourcesOf(service, 'AWS::Logs::MetricFilter').find(
      ({ Properties }) => Properties.FilterPattern === `{ $.message = "${unattributedChange}" }`,
    );
    expect(filter?.Properties).toMatchObject({
      FilterPattern: `{ $.message = "${unattributedChange}" }`,
      LogGroupName: { Ref: expect.stringContaining('AuditWriter') },
      MetricTransformations: [{ MetricName: 'UnattributedChanges', MetricValue: '1' }],
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
      LogGroupName: { Ref: expect.stringContaining('Redrive') },
    });
  });

  test('tell of a crossing, of an attempt that says nothing, and of a canary that doesn’t sing', () => {
    for (const [text, metric] of [
      [isolationCrossed, 'IsolationCrossings'],
      [canaryUnclear, 'CanaryUnclear'],
    ] as const) {
      expect(alarmsOf(metric)).toMatchObject([{ Threshold: 1, Statistic: 'Sum' }]);
      expect(filterOf(text)).toMatchObject({
        LogGroupName: { Ref: expect.stringContaining('Canary') },
        MetricTransformations: [{ MetricName: metric, MetricValue: '1' }],
      });
    }
    const [silent] = resourcesOf(service, 'AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties.MetricName === undefined,
    );
    expect(silent?.Properties).toMatchObject({
      ...{ ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' },
      Metrics: [
        { Expression: 'FILL(started, 0) - FILL(failed, 0)' },
        { MetricStat: { Metric: { MetricName: 'Invocations' }, Period: 3600 } },
        { MetricStat: { Metric: { MetricName: 'Errors' }, Period: 3600 } },
      ],
    });
  });

  test('each have a line in the runbook', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const ids = Object.keys(service.findResources('AWS::CloudWatch::Alarm')).map((id) =>
      id.replace(/^Alarms|[0-9A-F]{8}$/g, ''),
    );
    expect(ids.filter((id) => !runbook.includes(`\`${id}\``))).toEqual([]);
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

  test('may be published by CloudWatch, of this account only', () => {
    expect(resourcesOf(service, 'AWS::SNS::TopicPolicy')[0]?.Properties.PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        }),
      ]),
    });
  });
});

test('a stage without an address has no alarms', () => {
  const local = buildStage('local');
  try {
    expect(local.template('service').findResources('AWS::CloudWatch::Alarm')).toEqual({});
    expect(local.template('service').findResources('AWS::SNS::Topic')).toEqual({});
  } finally {
    local.discard();
  }
});
