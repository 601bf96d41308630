import { readFileSync } from 'node:fs';
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
      // The stream drops records after 24 hours, without notice.
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

  const byShard = shards.map((shard) => ({ shard }));
  /** All event source mappings: the function, its construct, and its source. */
  const started: readonly (readonly [name: string, id: string, inputs: readonly object[]])[] = [
    [
      'usage',
      'SchedulesUsage',
      ['day', 'hour'].flatMap((period) => shards.map((shard) => ({ shard, period }))),
    ],
    ['invitations', 'UpkeepInvitations', byShard],
    ['audit-checkpoints', 'AuditCheckpoints', byShard],
    ['drift', 'Drift', [{ dryRun: false }]],
    ['reminders', 'MailReminders', byShard],
    ['approvals', 'ConsentApprovals', [{ ask: 'keep' }]],
    ['exports', 'LeavingExports', [{}]],
    ['removals', 'LeavingRemovals', [{}]],
    ['erasures', 'LeavingErasures', [{}]],
    ['webhook-sender', 'OutgoingSender', [{ due: true }]],
    // Never to replay it.
    ['redrive', 'FailuresRedrive', [{ does: 'count' }]],
    ['canary', 'Canary', [{}]],
  ];

  /** The queue of the group that a target belongs to, whose id begins the target's. */
  const queueFor = (target: string): string | undefined =>
    Object.keys(service.findResources('AWS::SQS::Queue'))
      .map((id) => plain({ 'Fn::GetAtt': [id, 'Arn'] }))
      .find((arn) => target.startsWith(arn.replace('Undelivered.Arn>', '')));

  test.each(started)('start the %s function by %s, once for each of its tasks', (_, id, inputs) => {
    expect(inputsOf(`<${id}Function.Arn>`)).toEqual(inputs);
  });

  test.each(started)('have a line in the runbook that says what it means if %s isn’t done', (name, id) => {
    const [queue = ''] = queueFor(`<${id}Function.Arn>`)?.match(/\w+Undelivered/) ?? [];
    const line = readFileSync('docs/runbook.md', 'utf8')
      .split('\n')
      .find((it) => it.startsWith(`| \`${name}\` |`));
    expect(line).toContain(`…${queue}…`);
  });

  test('start nothing else', () => {
    const targets = new Set(schedules().map(({ Target }) => plain(Target.Arn)));
    expect(targets).toEqual(new Set(started.map(([, id]) => `<${id}Function.Arn>`)));
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
      expect(plain(Target.DeadLetterConfig.Arn)).toBe(queueFor(plain(Target.Arn)));
    }
    for (const { Properties } of resourcesOf(service, 'AWS::SQS::Queue'))
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  });

  test.each(started)(
    'invoke the %s function, or put what they could not deliver into its queue, and nothing else',
    (name, id) => {
      const { roleId } = roleDescribed(service, `Invokes the ${name} function`);
      const target = `<${id}Function.Arn>`;
      expect(permissionsOf(service, roleId)).toEqual([
        `Allow lambda:InvokeFunction on ${target}`,
        `Allow sqs:SendMessage on ${queueFor(target)}`,
      ]);
    },
  );
});
