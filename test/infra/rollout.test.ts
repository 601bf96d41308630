import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { compileFilters } from '../../infra/local/aws/streams/filter.ts';
import { functionNamed } from './iam.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

const forPeople = ['admin', 'organization', 'support', 'machines', 'webhooks'];
const Ref = z.object({ Ref: z.string() });
const Group = z.object({
  AlarmConfiguration: z.object({
    Enabled: z.boolean().default(true),
    // By name: a reference would be circular, from alarm to function, alias, deployment group and alarm.
    Alarms: z.array(z.object({ Name: z.string() })).default([]),
  }),
  AutoRollbackConfiguration: z.object({ Enabled: z.boolean(), Events: z.array(z.string()) }),
  DeploymentConfigName: z.string(),
});
const AlarmOfRollout = z.object({
  MetricName: z.string(),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  Threshold: z.number(),
  AlarmActions: z.array(Ref).min(1),
});

const groupsOf = (service: Template) =>
  resourcesOf(service, 'AWS::CodeDeploy::DeploymentGroup').map(({ Properties }) => Group.parse(Properties));

describe('a new version of what answers people', () => {
  let prod: BuiltStage;
  let service: Template;
  beforeAll(() => {
    prod = buildStage('prod');
    service = prod.template('service');
  });
  afterAll(() => prod.discard());

  const aliasOf = (name: string) => {
    const { logicalId } = functionNamed(service, name);
    const [alias] = Object.values(
      service.findResources('AWS::Lambda::Alias', { Properties: { FunctionName: { Ref: logicalId } } }),
    );
    return alias;
  };

  test.each(forPeople)('gets a tenth of the requests of %s for five minutes, then all', (name) => {
    const { UpdatePolicy } = z
      .object({
        UpdatePolicy: z.object({ CodeDeployLambdaAliasUpdate: z.object({ DeploymentGroupName: Ref }) }),
      })
      .parse(aliasOf(name));
    const group = service.findResources('AWS::CodeDeploy::DeploymentGroup')[
      UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName.Ref
    ];
    expect(group?.Properties.DeploymentConfigName).toBe('CodeDeployDefault.LambdaCanary10Percent5Minutes');
  });

  test('is what only these five have: nobody waits for what schedules and streams start', () => {
    expect(resourcesOf(service, 'AWS::Lambda::Alias')).toHaveLength(forPeople.length);
    expect(groupsOf(service)).toHaveLength(forPeople.length);
  });

  test('is taken back by CodeDeploy when it fails, is stopped or raises an alarm', () => {
    for (const { AutoRollbackConfiguration } of groupsOf(service)) {
      expect(AutoRollbackConfiguration.Enabled).toBe(true);
      expect(AutoRollbackConfiguration.Events.toSorted()).toEqual([
        'DEPLOYMENT_FAILURE',
        'DEPLOYMENT_STOP_ON_ALARM',
        'DEPLOYMENT_STOP_ON_REQUEST',
      ]);
    }
  });

  test('raises its alarms before the five minutes are over, by mail too', () => {
    for (const { AlarmConfiguration } of groupsOf(service)) {
      const alarms = AlarmConfiguration.Alarms.map(({ Name }) =>
        AlarmOfRollout.parse(
          resourcesOf(service, 'AWS::CloudWatch::Alarm').find(
            ({ Properties }) => Properties.AlarmName === Name,
          )?.Properties,
        ),
      );
      expect(alarms.map(({ MetricName }) => MetricName).toSorted()).toEqual([
        '5xx',
        ...forPeople.map(() => 'Errors'),
      ]);
      for (const { Period, EvaluationPeriods } of alarms)
        expect(Period * EvaluationPeriods).toBeLessThanOrEqual(60);
    }
  });

  test('that is taken back is mailed: a simulated event of CodeDeploy', () => {
    const [rule] = resourcesOf(service, 'AWS::Events::Rule').filter(({ Properties }) =>
      JSON.stringify(Properties).includes('aws.codedeploy'),
    );
    const { Ref: application } = z
      .object({ detail: z.object({ application: z.tuple([Ref]) }) })
      .parse(rule?.Properties.EventPattern).detail.application[0];
    const pattern = JSON.stringify(rule?.Properties.EventPattern).replaceAll(
      JSON.stringify({ Ref: application }),
      '"mtcms"',
    );
    const mailed = compileFilters([pattern]);
    const event = (state: string, of = 'mtcms') => ({
      version: '0',
      id: 'c071bfbf-83c4-49ca-a6ff-3df053957145',
      'detail-type': 'CodeDeploy Deployment State-change Notification',
      source: 'aws.codedeploy',
      account: '111122223333',
      region: 'eu-central-1',
      resources: [`arn:aws:codedeploy:eu-central-1:111122223333:application:${of}`],
      detail: { deploymentId: 'd-123456789', deploymentGroup: 'organization', application: of, state },
    });
    expect(['START', 'SUCCESS', 'FAILURE', 'STOPPED'].map((state) => mailed(event(state)))).toEqual([
      ...[false, false, true, true],
    ]);
    expect(mailed(event('FAILURE', 'another'))).toBe(false);
    const [topic] = Object.keys(service.findResources('AWS::SNS::Topic'));
    expect(rule?.Properties.Targets).toMatchObject([{ Arn: { Ref: topic } }]);
  });

  test('stays when another comes, to go back to it', () => {
    for (const version of resourcesOf(service, 'AWS::Lambda::Version'))
      expect(version.DeletionPolicy).toBe('Retain');
  });
});

test('a repair can be deployed at once while an alarm is raised', () => {
  const prod = buildStage('prod', { rollout: 'atOnce' });
  for (const group of groupsOf(prod.template('service'))) {
    expect(group.DeploymentConfigName).toBe('CodeDeployDefault.LambdaAllAtOnce');
    expect(group.AlarmConfiguration).toMatchObject({ Enabled: false });
    expect(group.AutoRollbackConfiguration.Events).not.toContain('DEPLOYMENT_STOP_ON_ALARM');
  }
  prod.discard();
});
