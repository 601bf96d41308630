import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { throttleOf } from '../../infra/limits.ts';
import { readStage } from '../../infra/stage.ts';
import { deployGuideExample } from './deploy-guide.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

const guide = deployGuideExample('stage', z.object({ prod: z.record(z.string(), z.unknown()) })).prod;
const stageWith = (changes: Record<string, unknown>) =>
  readStage({ stage: 'prod', stages: { prod: { ...guide, ...changes } } });

const Lambda = z.looseObject({
  ReservedConcurrentExecutions: z.number().optional(),
  Environment: z.object({ Variables: z.looseObject({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
});

let built: BuiltStage | undefined;
afterEach(() => built?.discard());

/** Reserved concurrency of each of our functions, by name; 0 for CDK's own. */
const reservedAt = (changes: Record<string, unknown>): Record<string, number | undefined> => {
  const stage = buildStage('prod', changes);
  built = stage;
  const functions = (['service', 'web'] as const).flatMap((part) =>
    resourcesOf(stage.template(part), 'AWS::Lambda::Function'),
  );
  return Object.fromEntries(
    functions.flatMap(({ Properties }) => {
      const { success, data } = Lambda.safeParse(Properties);
      if (!success) return [];
      return [[data.Environment.Variables.POWERTOOLS_SERVICE_NAME, data.ReservedConcurrentExecutions]];
    }),
  );
};

describe('the throttle of all callers', () => {
  test.each([
    ['a new stage: twice what one attacker was tried with', {}, 2000, 4000],
    ['none expected', { starter: 0, growth: 0, enterprise: 0 }, 2000, 4000],
    [
      '1,600 organizations, a tenth of them at their limit',
      { starter: 1000, growth: 500, enterprise: 100 },
      2500,
      5000,
    ],
    ['more than AWS gives an account', { starter: 6000, growth: 3000, enterprise: 1000 }, 10_000, 5000],
  ])('for %s', (_, expectedOrganizations, perSecond, burst) => {
    const stage = stageWith(Object.keys(expectedOrganizations).length === 0 ? {} : { expectedOrganizations });
    expect(throttleOf(stage)).toEqual({ perSecond, burst });
  });

  test('is what the stage says, if it says so', () => {
    const throttle = { perSecond: 50, burst: 60 };
    expect(throttleOf(stageWith({ throttle }))).toEqual(throttle);
  });

  test.each([
    [{ throttle: { perSecond: 0, burst: 1 } }, 'throttle.perSecond'],
    [{ throttle: { perSecond: 10 } }, 'throttle.burst'],
    [{ expectedOrganizations: { starter: 10 } }, 'expectedOrganizations.growth'],
    [{ expectedOrganizations: { starter: -1, growth: 0, enterprise: 0 } }, 'expectedOrganizations.starter'],
    [{ accountConcurrency: 9 }, 'accountConcurrency'],
  ])('refuses %j, and says which setting is wrong', (changes, setting) => {
    expect(() => stageWith(changes)).toThrow(`  ${setting}: `);
  });
});

describe('reserved concurrency', () => {
  test('keeps the API’s share from schedules and theirs from the API, and leaves AWS what it wants', () => {
    const reserved = reservedAt({});
    expect(reserved).toMatchObject({
      organization: 350,
      admin: 100,
      'audit-writer': 40,
      'key-broker': 40,
      'webhook-sender': 40,
      usage: 4,
      canary: 4,
    });
    const sum = Object.values(reserved).reduce((total: number, each = 0) => total + each, 0);
    expect(Object.values(reserved)).not.toContain(undefined);
    expect(sum).toBeLessThanOrEqual(1000 - 100);
  });

  test('is off in an account that has less than Lambda’s usual quota, which can still be deployed to', () => {
    expect(new Set(Object.values(reservedAt({ accountConcurrency: 10 })))).toEqual(new Set([undefined]));
  });

  test('grows with the account', () => {
    expect(reservedAt({ accountConcurrency: 5000 })).toMatchObject({ organization: 1750, usage: 20 });
  });
});

test('every stack has room for more: CloudFormation takes 500 resources of one', () => {
  const metered = {
    meteringUrl: 'https://billing.example.com/events',
    meteringSecretName: 'mtcms/prod/metering',
  };
  const stage = buildStage('prod', metered);
  built = stage;
  for (const stack of stage.app.node.children.filter((child) => Stack.isStack(child))) {
    const { Resources } = Template.fromStack(stack).toJSON();
    expect(Object.keys(Resources).length, stack.stackName).toBeLessThanOrEqual(420);
  }
});
