import { Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type BuiltStage, buildStage } from './synthesized.ts';

/** The validation findings for a stage with an addition; empty if it passes. */
const findings = (add: (stage: BuiltStage) => void): string => {
  const stage = buildStage('local');
  try {
    add(stage);
    stage.app.synth();
    return '';
  } catch (error) {
    return String(error);
  } finally {
    stage.discard();
  }
};

test('the app passes its validation as it is', () => {
  expect(findings(() => undefined)).toBe('');
});

describe('the synthesis fails', () => {
  let message: string;
  beforeAll(() => {
    message = findings(({ stack }) => {
      new Bucket(stack('data'), 'BadBucket');
      new Queue(stack('service'), 'BadQueue');
      new Role(stack('web'), 'BadRole', {
        assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      }).addToPolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
      const writer = stack('service')
        .node.findAll()
        .find((it): it is Role => it instanceof Role && it.node.path.includes('/AuditWriter/'));
      writer?.addToPolicy(new PolicyStatement({ actions: ['dynamodb:Scan'], resources: ['*'] }));
    });
  });

  test('if a stack gets a bucket without access logs', () => {
    expect(message).toMatch(finding('mtcms-local-data/BadBucket/Resource', 'AwsSolutions-S1'));
  });

  test('if a stack gets a queue that answers without TLS', () => {
    expect(message).toMatch(finding('mtcms-local-service/BadQueue/Resource', 'AwsSolutions-SQS4'));
  });

  test('if a role gets wildcards, also in a stack where others are acknowledged', () => {
    const policy = 'mtcms-local-web/BadRole/DefaultPolicy/Resource';
    expect(message).toMatch(finding(policy, 'AwsSolutions-IAM5[Action::s3:*]'));
    expect(message).toMatch(finding(policy, 'AwsSolutions-IAM5[Resource::*]'));
  });

  test('if a function’s own role, of which one finding is acknowledged, gets another', () => {
    const policy = 'mtcms-local-service/Changes/AuditWriter/Role/DefaultPolicy/Resource';
    expect(message).toMatch(finding(policy, 'AwsSolutions-IAM5[Resource::*]'));
  });
});

/** The report's format of a finding: the construct's path, and on the next line the rule to acknowledge. */
const finding = (path: string, rule: string): RegExp =>
  new RegExp(`${RegExp.escape(path)} .*\\n\\s*Acknowledge with .*${RegExp.escape(rule)}`);

describe('what is acknowledged', () => {
  let prod: BuiltStage;
  beforeAll(() => {
    prod = buildStage('prod', {
      meteringUrl: 'https://billing.example.com/events',
      meteringSecretName: 'mtcms/prod/metering',
      github: { repository: 'example/mtcms', environment: 'production' },
    });
  });
  afterAll(() => prod.discard());

  const Acknowledged = z.record(z.string(), z.string());
  const acknowledgements = (scope: IConstruct) =>
    scope.node.findAll().flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(Acknowledged.parse(data)))
        .map(([rule, reason]) => ({
          path: construct.node.path,
          rule: rule.replace(/^Annotation::/i, ''),
          reason,
        })),
    );

  test('is this, each on the one construct it is about', () => {
    // For each function, each schedule group, and each alarm topic.
    const everywhere =
      /\/Function Serverless-LambdaDLQ$|\/Tracing AwsSolutions-IAM5\[Resource::\*\]$|\/Undelivered (?:AwsSolutions-SQS3|Serverless-SQSRedrivePolicy)$|\/Topic\/operations@example.com Serverless-SNSRedrivePolicy$/;
    const found = acknowledgements(prod.app)
      .map(({ path, rule }) => `${path} ${rule}`)
      .filter((line) => !everywhere.test(line));
    expect(found.toSorted()).toEqual([
      ...['Backup', 'Restores'].map(
        (task) =>
          `mtcms-prod-backup/Role AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${task}]`,
      ),
      'mtcms-prod-data/CursorSecret AwsSolutions-SMG4',
      'mtcms-prod-data/MailSecret AwsSolutions-SMG4',
      'mtcms-prod-data/OriginSecret AwsSolutions-SMG4',
      'mtcms-prod-pipeline/Diff AwsSolutions-IAM5[Resource::arn:aws:cloudformation:*:111122223333:stack/mtcms-prod-*]',
      expect.stringMatching(
        /^mtcms-prod-service\/Audit\/Checkpoints\/Role AwsSolutions-IAM5\[Resource::\{"Fn::GetStackOutput":\{"StackName":"mtcms-prod-data","Region":"eu-central-1","OutputName":"PublishOutputFnGetAttAnchors\w+"\}\}\/\*\]$/,
      ),
      expect.stringMatching(
        /^mtcms-prod-service\/Changes\/AuditWriter\/Role AwsSolutions-IAM5\[Resource::\{"Fn::GetStackOutput":\{"StackName":"mtcms-prod-data","Region":"eu-central-1","OutputName":"PublishOutputFnGetAttFailures\w+"\}\}\/aws\/lambda\/\*\]$/,
      ),
      expect.stringMatching(
        /^mtcms-prod-service\/Changes\/EventPublisher\/Role AwsSolutions-IAM5\[Resource::\{"Fn::GetStackOutput":\{"StackName":"mtcms-prod-data","Region":"eu-central-1","OutputName":"PublishOutputFnGetAttFailures\w+"\}\}\/aws\/lambda\/\*\]$/,
      ),
      expect.stringMatching(
        /^mtcms-prod-service\/Failures\/Redrive\/Role AwsSolutions-IAM5\[Resource::\{"Fn::GetStackOutput":\{"StackName":"mtcms-prod-data","Region":"eu-central-1","OutputName":"PublishOutputFnGetAttFailures\w+"\}\}\/aws\/lambda\/\*\]$/,
      ),
      expect.stringMatching(
        /^mtcms-prod-service\/Failures\/Redrive\/Role AwsSolutions-IAM5\[Resource::\{"Fn::GetStackOutput":\{"StackName":"mtcms-prod-data","Region":"eu-central-1","OutputName":"PublishOutputFnGetAttFailures\w+"\}\}\/replayed\/\*\]$/,
      ),
      expect.stringMatching(
        /^mtcms-prod-service\/Leaving\/Exports\/Role AwsSolutions-IAM5\[Resource::.*FnGetAttExports\w+.*\/\*\]$/,
      ),
      'mtcms-prod-service/Outgoing/Sender/Role AwsSolutions-IAM5[Resource::arn:aws:iam::*:role/mtcms-log-delivery*]',
      'mtcms-prod-service/Rollout/Role AwsSolutions-IAM5[Resource::*]',
      'mtcms-prod-service/Rollout/RolledBack Serverless-EventBusDLQ',
      expect.stringMatching(
        /^mtcms-prod-service\/Tenant\/Role AwsSolutions-IAM5\[Resource::.*FnGetAttExports\w+.*\/<aws:PrincipalTag\/organizationId>\/\*\]$/,
      ),
      expect.stringMatching(
        /^mtcms-prod-web\/Content\/Deployer\/Role AwsSolutions-IAM5\[Resource::<SiteContent\w+\.Arn>\/\*\]$/,
      ),
      ...[
        'AwsSolutions-L1',
        ...['DLQ', 'LatestVersion', 'Tracing'].map((rule) => `Serverless-Lambda${rule}`),
      ].map((rule) => expect.stringMatching(`^mtcms-prod-web/Custom::CDKBucketDeployment\\w+ ${rule}$`)),
      'mtcms-prod-web/Site/Distribution @aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      'mtcms-prod-web/Site/Distribution AwsSolutions-CFR1',
    ]);
  });

  test('has a reason that a reader can judge', () => {
    for (const { reason } of acknowledgements(prod.app)) expect(reason.length).toBeGreaterThan(40);
  });

  test('is never acknowledged for a whole stack, nor for the app', () => {
    const wide = new Set([
      '',
      'mtcms-prod-data',
      'mtcms-prod-service',
      'mtcms-prod-monitoring',
      'mtcms-prod-edge',
      'mtcms-prod-web',
    ]);
    expect(acknowledgements(prod.app).filter(({ path }) => wide.has(path))).toEqual([]);
  });
});
