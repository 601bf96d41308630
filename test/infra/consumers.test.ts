import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { directoryShards } from '../../domain/table/layout.ts';
import { functionNamed, permissionsOf, plain, roleDescribed } from './iam.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

let local: BuiltStage;
let service: Template;
beforeAll(() => {
  local = buildStage('local');
  service = local.template('service');
});
afterAll(() => local.discard());

describe.each(['audit-writer', 'event-publisher'])('the stream consumer %s', (name) => {
  const mapping = () => {
    const { logicalId } = functionNamed(service, name);
    const found = service.findResources('AWS::Lambda::EventSourceMapping', {
      Properties: { FunctionName: { Ref: logicalId } },
    });
    expect(Object.keys(found)).toHaveLength(1);
    return Object.values(found)[0]?.Properties;
  };

  test('reads the table’s changes from the first one on, a hundred at a time', () => {
    expect(mapping()).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
    });
    expect(plain(mapping()?.EventSourceArn)).toBe('<Table.StreamArn>');
  });

  test('tries what fails until the stream is about to forget it, and then keeps it whole in the failure bucket', () => {
    expect(mapping()).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: -1,
      // The stream trims records after 24 hours, and tells nobody.
      MaximumRecordAgeInSeconds: 23 * 3600,
    });
    expect(plain(mapping()?.DestinationConfig.OnFailure.Destination)).toBe('<Failures.Arn>');
  });

  test('knows where to put a record that it can’t read', () => {
    expect(plain(functionNamed(service, name).environment.FAILURE_BUCKET)).toBe('<Failures>');
  });

  test('may wait for a busy service for fifteen minutes, the longest there is, in each of its attempts', () => {
    const { [functionNamed(service, name).logicalId]: found } =
      service.findResources('AWS::Lambda::Function');
    expect(found?.Properties.Timeout).toBe(900);
  });

  test('hears of every change: no attribute that a writer chooses keeps one from it', () => {
    expect(mapping()).not.toHaveProperty('FilterCriteria');
  });
});

describe('the schedules', () => {
  const Schedule = z.object({
    Properties: z.object({
      ScheduleExpression: z.string(),
      ScheduleExpressionTimezone: z.literal('UTC'),
      Target: z.object({
        Arn: z.unknown(),
        Input: z.string(),
        RetryPolicy: z.unknown(),
        DeadLetterConfig: z.object({ Arn: z.unknown() }),
      }),
    }),
  });
  const schedules = () =>
    Object.values(service.findResources('AWS::Scheduler::Schedule')).map(
      (it) => Schedule.parse(it).Properties,
    );

  const shards = Array.from({ length: directoryShards }, (_, shard) => shard);
  const inputsOf = (target: string) =>
    schedules()
      .filter(({ Target }) => plain(Target.Arn) === target)
      .map(({ Target }) => JSON.parse(Target.Input));

  test('run the usage function once for each period and each shard of the directory', () => {
    const expected = ['day', 'hour'].flatMap((period) => shards.map((shard) => ({ shard, period })));
    expect(inputsOf('<SchedulesUsageFunction.Arn>')).toEqual(expected);
  });

  test('run the invitations function once for each shard, and nothing else', () => {
    expect(inputsOf('<UpkeepInvitationsFunction.Arn>')).toEqual(shards.map((shard) => ({ shard })));
    expect(schedules()).toHaveLength(4 * directoryShards + 4);
  });

  test('take audit checkpoints once an hour for each shard', () => {
    expect(inputsOf('<AuditCheckpointsFunction.Arn>')).toEqual(shards.map((shard) => ({ shard })));
  });

  test('compare with Clerk every hour what is left of the day’s comparison', () => {
    expect(inputsOf('<DriftFunction.Arn>')).toEqual([{ dryRun: false }]);
  });

  test('let the approvals function go on with what is left, every ten minutes', () => {
    expect(inputsOf('<ConsentApprovalsFunction.Arn>')).toEqual([{ ask: 'keep' }]);
  });

  test('count the failure bucket every hour, and never replay it', () => {
    expect(inputsOf('<FailuresRedriveFunction.Arn>')).toEqual([{ does: 'count' }]);
  });

  test('try the isolation every quarter of an hour', () => {
    const [canary] = schedules().filter(({ Target }) => plain(Target.Arn) === '<CanaryFunction.Arn>');
    expect(canary?.ScheduleExpression).toBe('cron(0/15 * * * ? *)');
  });

  test('start every shard at a minute of its own', () => {
    const expressions = schedules().map(({ ScheduleExpression }) => ScheduleExpression);
    expect(new Set(expressions).size).toBe(expressions.length);
  });

  test('keep a usage run that failed three times, however it was started', () => {
    const { [functionNamed(service, 'usage').logicalId]: usage } =
      service.findResources('AWS::Lambda::Function');
    expect(plain(usage?.Properties.DeadLetterConfig.TargetArn)).toBe('<SchedulesUndelivered.Arn>');
  });

  test('give up a start after three more tries or an hour, and keep what could not be delivered', () => {
    for (const { Target } of schedules()) {
      expect(Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 });
      const [group] = plain(Target.Arn).match(/Schedules|Upkeep|Failures|Canary|Audit|Consent|Drift/) ?? [];
      expect(plain(Target.DeadLetterConfig.Arn)).toBe(`<${group}Undelivered.Arn>`);
    }
    for (const { Properties } of resourcesOf(service, 'AWS::SQS::Queue'))
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  });

  test.each([
    ['usage', 'Schedules', 'SchedulesUsage'],
    ['invitations', 'Upkeep', 'UpkeepInvitations'],
    ['redrive', 'Failures', 'FailuresRedrive'],
    ['canary', 'Canary', 'Canary'],
    ['audit-checkpoints', 'Audit', 'AuditCheckpoints'],
    ['approvals', 'Consent', 'ConsentApprovals'],
    ['drift', 'Drift', 'Drift'],
  ])(
    'invoke the %s function, or put what they could not deliver into its queue, and nothing else',
    (name, group, id) => {
      const { roleId } = roleDescribed(service, `Invokes the ${name} function`);
      expect(permissionsOf(service, roleId)).toEqual([
        `Allow lambda:InvokeFunction on <${id}Function.Arn>`,
        `Allow sqs:SendMessage on <${group}Undelivered.Arn>`,
      ]);
    },
  );
});
