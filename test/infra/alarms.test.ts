import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { unattributedChange } from '../../events/alarming.ts';
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
    MetricName: z.string(),
    Namespace: z.string(),
    AlarmDescription: z.string(),
    AlarmActions: z.array(z.object({ Ref: z.string() })).length(1),
    TreatMissingData: z.literal('notBreaching'),
  });
  const alarms = () =>
    resourcesOf(service, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Alarm.parse(Properties));

  test('watch what fails, what is late, what gave up and what is lost', () => {
    const metrics = alarms().map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`);
    expect(metrics.toSorted()).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/Lambda DestinationDeliveryFailures',
      'AWS/Lambda DestinationDeliveryFailures',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Lambda IteratorAge',
      'AWS/Lambda IteratorAge',
      'AWS/Lambda OnFailureDestinationDeliveredEventCount',
      'AWS/Lambda OnFailureDestinationDeliveredEventCount',
      'AWS/Scheduler InvocationDroppedCount',
      'AWS/Scheduler InvocationDroppedCount',
      'MTCMS/mtcms-prod-service MembersTwice',
      'MTCMS/mtcms-prod-service MisdatedChanges',
      'MTCMS/mtcms-prod-service UnattributedChanges',
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
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
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
