import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionNamed, permissionsOf, plain } from './iam.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

let prod: BuiltStage;
let web: Template;
beforeAll(() => {
  prod = buildStage('prod');
  web = prod.template('web');
});
afterAll(() => prod.discard());

describe('the rotation of the origin secret', () => {
  test('happens every 30 days, by a function that Secrets Manager alone may invoke, for this secret', () => {
    const { logicalId } = functionNamed(web, 'origin-rotation');
    const [schedule] = resourcesOf(web, 'AWS::SecretsManager::RotationSchedule');
    expect(schedule?.Properties).toMatchObject({
      RotationLambdaARN: { 'Fn::GetAtt': [logicalId, 'Arn'] },
      RotationRules: { AutomaticallyAfterDays: 30 },
    });
    expect(plain(schedule?.Properties.SecretId)).toBe('<OriginSecret>');
    const permissions = resourcesOf(web, 'AWS::Lambda::Permission').map(({ Properties }) => Properties);
    expect(permissions).toMatchObject([
      { Principal: 'secretsmanager.amazonaws.com', SourceAccount: '111122223333' },
    ]);
    expect(plain(permissions[0]?.SourceArn)).toBe('<OriginSecret>');
  });

  test('may change this secret and this distribution, and nothing else', () => {
    const { roleId } = functionNamed(web, 'origin-rotation');
    expect(permissionsOf(web, roleId).map((line) => line.replace(/ on .*distribution\//, ' on '))).toEqual([
      'Allow secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:UpdateSecretVersionStage on <OriginSecret>',
      'Allow cloudfront:GetDistribution cloudfront:GetDistributionConfig cloudfront:UpdateDistribution on <SiteDistribution>',
      'Allow wafv2:GetWebACL on <WebAclArn>',
    ]);
  });

  test('tells by mail when it fails', () => {
    const alarms = resourcesOf(web, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    expect(alarms).toMatchObject([
      {
        AlarmName: 'mtcms-prod-OriginRotationFailed',
        AlarmDescription: expect.stringContaining('#originrotationfailed'),
        MetricName: 'Errors',
        AlarmActions: [expect.anything()],
      },
    ]);
    expect(readFileSync('docs/runbook.md', 'utf8')).toContain('\n### `OriginRotationFailed`\n');
  });
});
