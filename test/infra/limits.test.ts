import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { directoryShards } from '../../domain/table/layout.ts';
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
      usage: directoryShards,
      canary: directoryShards,
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

describe('a stage with every setting on', () => {
  const Resources = z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() }),
  );
  const Attached = z.object({ Roles: z.array(z.unknown()), PolicyDocument: z.unknown() });
  const withVariables = z.looseObject({ Environment: z.looseObject({ Variables: z.unknown() }).optional() });
  const withAlarms = z.looseObject({ AlarmConfiguration: z.object({ Alarms: z.array(z.unknown()) }) });
  let stacks: readonly { readonly name: string; readonly template: Record<string, unknown> }[];
  const all = (type: string) =>
    stacks.flatMap(({ template }) =>
      Object.values(Resources.parse(template.Resources))
        .filter(({ Type }) => Type === type)
        .map(({ Properties }) => Properties),
    );
  const size = (value: unknown) => JSON.stringify(value).length;

  beforeAll(() => {
    const stage = buildStage('prod', {
      meteringUrl: 'https://billing.example.com/events',
      meteringSecretName: 'mtcms/prod/metering',
      github: { repository: 'example/mtcms', environment: 'production' },
    });
    stacks = stage.app.node.children
      .filter((child) => Stack.isStack(child))
      .map((stack) => ({ name: stack.stackName, template: Template.fromStack(stack).toJSON() }));
    stage.discard();
  });

  test('has room for more in each stack: CloudFormation takes 500 resources, 200 outputs and 1 MB', () => {
    expect(stacks).toHaveLength(8);
    for (const { name, template } of stacks) {
      expect(Object.keys(Resources.parse(template.Resources)).length, name).toBeLessThanOrEqual(420);
      expect(
        Object.keys(z.looseObject({}).default({}).parse(template.Outputs)).length,
        name,
      ).toBeLessThanOrEqual(150);
      expect(size(template), name).toBeLessThan(800_000);
    }
  });

  test('has room for more routes: API Gateway takes 300 of one API, and the quota can be raised', () => {
    expect(all('AWS::ApiGatewayV2::Route').length).toBeLessThanOrEqual(270);
  });

  test('has roles and functions within what IAM and Lambda take, references counted as they are', () => {
    const policies = Map.groupBy(
      all('AWS::IAM::Policy')
        .map((properties) => Attached.parse(properties))
        .flatMap(({ Roles, PolicyDocument }) =>
          Roles.map((role) => ({ role: JSON.stringify(role), PolicyDocument })),
        ),
      ({ role }) => role,
    );
    for (const [role, documents] of policies)
      expect(
        documents.reduce((sum, { PolicyDocument }) => sum + size(PolicyDocument), 0),
        role,
      ).toBeLessThan(10_240);
    for (const properties of all('AWS::Lambda::Function'))
      expect(size(withVariables.parse(properties).Environment?.Variables ?? {})).toBeLessThan(4096);
  });

  test('has at most the ten alarms by deployment that CodeDeploy takes', () => {
    const groups = all('AWS::CodeDeploy::DeploymentGroup').map((properties) => withAlarms.parse(properties));
    expect(groups.length).toBeGreaterThan(0);
    for (const { AlarmConfiguration } of groups)
      expect(AlarmConfiguration.Alarms.length).toBeLessThanOrEqual(10);
  });
});
