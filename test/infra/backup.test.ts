import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../../infra/build-app.ts';
import { deployGuideExample } from './deploy-guide.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

const stackParts = ['data', 'service', 'monitoring', 'web', 'backup', 'copies'] as const;

describe('a stage with real data', () => {
  let prod: BuiltStage;
  beforeAll(() => {
    prod = buildStage('prod');
  });
  afterAll(() => prod.discard());

  test('is deployed to its own account and region, and its stacks can’t be deleted by mistake', () => {
    const places = stackParts.map((part) => {
      const { account, region, terminationProtection } = prod.stack(part);
      return `${part} ${account} ${region} ${terminationProtection}`;
    });
    expect(places).toEqual([
      ...['data', 'service', 'monitoring', 'web', 'backup'].map(
        (part) => `${part} 111122223333 eu-central-1 true`,
      ),
      'copies 444455556666 eu-west-1 true',
    ]);
  });

  test('isn’t synthesized with credentials of another account', () => {
    expect(() => buildStage('prod', { account: '999900001111' }, '111122223333')).toThrow(
      'Stage "prod" belongs to account 999900001111, and these credentials are for 111122223333',
    );
  });

  test('isn’t deployed by a command that names no stage; what only lists or bootstraps needs none', () => {
    const unnamed = (account: string, commandNeeds: string[]) => () =>
      buildApp({ account, context: { 'aws:cdk:bundling-stacks': commandNeeds }, webDirectory: 'web' });
    expect(unnamed('111122223333', ['**'])).toThrow(
      'No stage is named, and these credentials could deploy to account 111122223333. Nothing was deployed.',
    );
    expect(unnamed('111122223333', [])).not.toThrow();
  });

  test('backs the table up twice a week, and keeps a copy in another account for longer', () => {
    const template = prod.template('backup');
    const [plan] = resourcesOf(template, 'AWS::Backup::BackupPlan');
    expect(plan?.Properties.BackupPlan).toMatchObject({
      BackupPlanRule: [
        {
          ScheduleExpression: 'cron(30 2 ? * WED,SUN *)',
          Lifecycle: { DeleteAfterDays: 35 },
          CopyActions: [{ Lifecycle: { DeleteAfterDays: 90 } }],
        },
      ],
    });
    expect(JSON.stringify(plan)).toContain(':backup:eu-west-1:444455556666:backup-vault:mtcms-prod-copies');
    const [selection] = resourcesOf(template, 'AWS::Backup::BackupSelection');
    expect(JSON.stringify(selection?.Properties.BackupSelection)).toMatch(
      /"Resources":\[\{"Fn::GetStackOutput":\{"StackName":"mtcms-prod-data",.*"PublishOutputFnGetAttTable/,
    );
  });

  test('lets nobody delete a backup before its time', () => {
    for (const [part, days] of [
      ['backup', 35],
      ['copies', 90],
    ] as const)
      expect(resourcesOf(prod.template(part), 'AWS::Backup::BackupVault')).toMatchObject([
        {
          Properties: { LockConfiguration: { MinRetentionDays: days } },
          DeletionPolicy: 'RetainExceptOnCreate',
        },
      ]);
  });

  test('lets only its own account copy into the second vault', () => {
    const [vault] = resourcesOf(prod.template('copies'), 'AWS::Backup::BackupVault');
    const { Statement } = z.object({ Statement: z.unknown() }).parse(vault?.Properties.AccessPolicy);
    expect(JSON.stringify(Statement)).toMatch(
      /^\[\{"Action":"backup:CopyIntoBackupVault",.*111122223333:root/,
    );
  });

  test('lets AWS Backup of the second account copy what the first vault’s key encrypts', () => {
    const [key] = resourcesOf(prod.template('backup'), 'AWS::KMS::Key');
    const Statement = z.object({
      Principal: z.unknown(),
      Action: z.unknown(),
      Condition: z.unknown().optional(),
    });
    const { Statement: all } = z.object({ Statement: z.array(Statement) }).parse(key?.Properties.KeyPolicy);
    const theirs = all.filter(({ Principal }) => JSON.stringify(Principal).includes('444455556666:root'));
    expect(theirs.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [
        [
          ...['Decrypt', 'DescribeKey', 'Encrypt'],
          ...['GenerateDataKey', 'GenerateDataKeyPair'],
          ...['GenerateDataKeyPairWithoutPlaintext', 'GenerateDataKeyWithoutPlaintext'],
          ...['ReEncryptFrom', 'ReEncryptTo'],
        ].map((action) => `kms:${action}`),
        undefined,
      ],
      [
        ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
        { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      ],
    ]);
  });

  test('needs nothing in the second account that could delete a backup', () => {
    const copies = Object.values(prod.template('copies').toJSON().Resources);
    const types = z
      .array(z.object({ Type: z.string() }))
      .parse(copies)
      .map(({ Type }) => Type);
    expect(types.toSorted()).toEqual(['AWS::Backup::BackupVault', 'AWS::KMS::Key']);
    const Statement = z.strictObject({
      Effect: z.literal('Allow'),
      Action: z.array(z.string()),
      Resource: z.literal('*'),
    });
    const document = z.object({ Version: z.string(), Statement: z.tuple([Statement]) });
    const [{ Action }] = deployGuideExample('backup-copies', document).Statement;
    expect(
      Action.filter((action) => /\*|:(?:Delete|Schedule|Disable|Disassociate|Update|PutKey)/.test(action)),
    ).toEqual([]);
    expect([...new Set(Action.map((action) => action.split(':')[0]))]).toEqual([
      'backup',
      'backup-storage',
      'kms',
      'ssm',
    ]);
    expect(Action).toEqual(
      expect.arrayContaining([
        'backup:CreateBackupVault',
        'backup:PutBackupVaultLockConfiguration',
        'kms:CreateKey',
      ]),
    );
  });

  test('lets no other account use that key when the copies stay in this one', () => {
    const elsewhere = buildStage('prod', { backupCopy: { region: 'eu-west-1' } });
    const [key] = resourcesOf(elsewhere.template('backup'), 'AWS::KMS::Key');
    expect(JSON.stringify(key?.Properties.KeyPolicy).match(/\d{12}/g)).toEqual(['111122223333']);
    elsewhere.discard();
  });

  test('has in the runbook what to do when a backup fails', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const alarms = Object.keys(prod.template('backup').findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(3);
    for (const id of alarms) expect(runbook).toContain(`\`${id.replace(/[0-9A-F]{8}$/, '')}\``);
  });

  test('exports nothing that a stack could hold on to', () => {
    for (const part of stackParts) {
      const text = JSON.stringify(prod.template(part).toJSON());
      expect(text).not.toContain('Fn::ImportValue');
      expect(text).not.toContain('"Export"');
    }
  });
});

describe('a stage that is pointed at a restored table', () => {
  const name = 'mtcms-prod-20261130';
  const streamArn = `arn:aws:dynamodb:eu-central-1:111122223333:table/${name}/stream/2026-11-30T16:00:00.000`;
  let prod: BuiltStage;
  let before: BuiltStage;
  beforeAll(() => {
    prod = buildStage('prod', { table: { name, streamArn } });
    before = buildStage('prod');
  });
  afterAll(() => {
    prod.discard();
    before.discard();
  });

  test('has no table of its own any more, and its former one is kept', () => {
    expect(prod.template('data').findResources('AWS::DynamoDB::GlobalTable')).toEqual({});
    const [former] = resourcesOf(before.template('data'), 'AWS::DynamoDB::GlobalTable');
    expect(former?.DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('gives every function the restored table, and every policy and no other', () => {
    const text = JSON.stringify(prod.template('service').toJSON());
    expect(text).not.toContain('PublishOutputRefTable');
    expect(text).not.toContain('PublishOutputFnGetAttTable');
    const names = [...text.matchAll(/"TABLE_NAME":("[^"]*"|\{)/g)].map(([, value]) => value);
    expect(names.length).toBeGreaterThan(5);
    expect(new Set(names)).toEqual(new Set([`"${name}"`]));
    expect([...text.matchAll(/:dynamodb:[^"]*?:table\/([^/"]*)/g)].map(([, table]) => table)).toEqual(
      expect.arrayContaining([name]),
    );
  });

  test('reads the stream of the restored table from its beginning', () => {
    for (const { Properties } of resourcesOf(prod.template('service'), 'AWS::Lambda::EventSourceMapping'))
      expect(Properties).toMatchObject({ EventSourceArn: streamArn, StartingPosition: 'TRIM_HORIZON' });
  });

  test('is switched by the settings of docs/restore.md, which the alarms of the stopped functions don’t undo', () => {
    const [, block = ''] = /```json table\n([\s\S]*?)```/.exec(readFileSync('docs/restore.md', 'utf8')) ?? [];
    const settings = z.record(z.string(), z.unknown()).parse(JSON.parse(block));
    const switched = buildStage('prod', settings);
    const groups = resourcesOf(switched.template('service'), 'AWS::CodeDeploy::DeploymentGroup');
    for (const { Properties } of groups)
      expect(Properties).toMatchObject({
        AlarmConfiguration: { Enabled: false },
        DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
      });
    switched.discard();
  });

  test('backs up the restored table from then on', () => {
    const [selection] = resourcesOf(prod.template('backup'), 'AWS::Backup::BackupSelection');
    expect(JSON.stringify(selection)).toContain(`:dynamodb:eu-central-1:111122223333:table/${name}`);
  });
});

test('a stage without real data is backed up nowhere', () => {
  const local = buildStage('local');
  const stacks = local.app.node.children.map(({ node }) => node.id);
  expect(stacks).toContain('mtcms-local-data');
  expect(stacks.filter((id) => /backup|copies/.test(id))).toEqual([]);
  local.discard();
});
