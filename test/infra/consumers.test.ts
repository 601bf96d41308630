import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { directoryShards, expiringEntities, unauditedEntities } from '../../domain/table/layout.ts';
import { functionNamed, plain } from './iam.ts';
import { type BuiltStage, buildStage } from './synthesized.ts';

let local: BuiltStage;
let service: Template;
beforeAll(() => {
  local = buildStage('local');
  service = local.template('service');
});
afterAll(() => local.discard());

const Patterns = z.array(z.object({ Pattern: z.string() }));
const Filter = z.object({
  eventName: z.array(z.string()).optional(),
  dynamodb: z.record(
    z.enum(['NewImage', 'OldImage']),
    z
      .object({ entity: z.object({ S: z.array(z.object({ 'anything-but': z.array(z.string()) })) }) })
      .optional(),
  ),
});

/** A change as the stream has it, cut down to what filters look at. */
interface Change {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly NewImage?: string;
  readonly OldImage?: string;
}

/** Lambda's filtering, for the operators used here: patterns are alternatives, the parts of one must all match. */
const passes = (filters: z.output<typeof Filter>[], change: Change): boolean =>
  filters.some(
    ({ eventName, dynamodb }) =>
      (eventName === undefined || eventName.includes(change.eventName)) &&
      (['NewImage', 'OldImage'] as const).every((image) => {
        const excluded = dynamodb[image]?.entity.S.flatMap((rule) => rule['anything-but']);
        const entity = change[image];
        return excluded === undefined || (entity !== undefined && !excluded.includes(entity));
      }),
  );

describe.each(['audit-writer', 'event-publisher'])('the stream consumer %s', (name) => {
  const mapping = () => {
    const { logicalId } = functionNamed(service, name);
    const found = service.findResources('AWS::Lambda::EventSourceMapping', {
      Properties: { FunctionName: { Ref: logicalId } },
    });
    expect(Object.keys(found)).toHaveLength(1);
    return Object.values(found)[0]?.Properties;
  };
  const filters = () =>
    Patterns.parse(mapping()?.FilterCriteria.Filters).map(({ Pattern }) => Filter.parse(JSON.parse(Pattern)));

  test('reads the table’s changes from the first one on, a hundred at a time', () => {
    expect(mapping()).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
    });
    expect(plain(mapping()?.EventSourceArn)).toBe('<Table.StreamArn>');
  });

  test('isolates a record that fails, gives it up in the end, and keeps it whole in the failure bucket', () => {
    expect(mapping()).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 86_400,
    });
    expect(plain(mapping()?.DestinationConfig.OnFailure.Destination)).toBe('<Failures.Arn>');
  });

  test('hears of creations, changes and deletions of what people work with', () => {
    for (const entity of ['organization', 'user', 'invitation', 'aKindOfTomorrow']) {
      expect(passes(filters(), { eventName: 'INSERT', NewImage: entity })).toBe(true);
      expect(passes(filters(), { eventName: 'MODIFY', NewImage: entity, OldImage: entity })).toBe(true);
      expect(passes(filters(), { eventName: 'REMOVE', OldImage: entity })).toBe(true);
    }
  });

  test.each(expiringEntities)('hears of %s when it comes, not when it expires', (entity) => {
    expect(passes(filters(), { eventName: 'INSERT', NewImage: entity })).toBe(true);
    expect(passes(filters(), { eventName: 'REMOVE', OldImage: entity })).toBe(false);
  });

  test.each(unauditedEntities)('is not woken by %s', (entity) => {
    expect(passes(filters(), { eventName: 'INSERT', NewImage: entity })).toBe(false);
    expect(passes(filters(), { eventName: 'MODIFY', NewImage: entity, OldImage: entity })).toBe(false);
    expect(passes(filters(), { eventName: 'REMOVE', OldImage: entity })).toBe(false);
  });
});

describe('the usage schedules', () => {
  const Schedule = z.object({
    Properties: z.object({
      ScheduleExpression: z.string(),
      ScheduleExpressionTimezone: z.literal('UTC'),
      Target: z.object({ Arn: z.unknown(), Input: z.string(), RetryPolicy: z.unknown() }),
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
    expect(schedules()).toHaveLength(3 * directoryShards);
  });

  test('start every shard at a minute of its own', () => {
    const expressions = schedules().map(({ ScheduleExpression }) => ScheduleExpression);
    expect(new Set(expressions).size).toBe(expressions.length);
  });

  test('give up a start after three more tries or an hour', () => {
    for (const { Target } of schedules())
      expect(Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 });
  });
});
