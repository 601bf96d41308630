import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

describe('the data stack', () => {
  let prod: BuiltStage;
  let local: BuiltStage;
  let data: Template;
  beforeAll(() => {
    prod = buildStage('prod');
    local = buildStage('local');
    data = prod.template('data');
    local.template('data');
  });
  afterAll(() => {
    prod.discard();
    local.discard();
  });
  /** The properties of the only replica. */
  const replica = (template: Template) => {
    const [table] = resourcesOf(template, 'AWS::DynamoDB::GlobalTable');
    const [only] = z.tuple([z.record(z.string(), z.unknown())]).parse(table?.Properties.Replicas);
    return only;
  };
  const tables = () => resourcesOf(data, 'AWS::DynamoDB::GlobalTable').map(({ Properties }) => Properties);

  test('keeps everything in one table, keyed by pk and sk, paid by request', () => {
    expect(tables()).toMatchObject([
      {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      },
    ]);
  });

  test('indexes the directory of organizations in five orders, and what is somebody’s or a team’s', () => {
    const ordered = (IndexName: string, AttributeName: string, ...NonKeyAttributes: string[]) => ({
      IndexName,
      KeySchema: [
        { AttributeName: 'directoryPk', KeyType: 'HASH' },
        { AttributeName, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes },
    });
    expect(tables()[0]?.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'directory',
        KeySchema: [
          { AttributeName: 'directoryPk', KeyType: 'HASH' },
          { AttributeName: 'directorySk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
      ordered('directoryByCreation', 'createdAt', 'status', 'plan', 'planEndsOn', 'stage', 'words'),
      ordered('directoryByUsers', 'users', 'status', 'plan', 'planEndsOn', 'stage', 'words'),
      ordered('directoryByActivity', 'lastActivityOn', 'status', 'plan', 'planEndsOn', 'stage', 'words'),
      ordered('directoryByPlanEnd', 'planEndsOn', 'status', 'plan', 'stage', 'words'),
      {
        IndexName: 'byMember',
        KeySchema: [
          { AttributeName: 'memberPk', KeyType: 'HASH' },
          { AttributeName: 'memberSk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ]);
  });

  test('streams what an item was and what it became', () => {
    expect(tables()[0]?.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  test('lets items expire by expiresAt', () => {
    expect(tables()[0]?.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  });

  test('can be restored to any second of the last 35 days', () => {
    expect(replica(data).PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: 35,
    });
  });

  test('loses nothing when its stack is deleted', () => {
    expect(replica(data).DeletionProtectionEnabled).toBe(true);
    for (const type of [
      'AWS::DynamoDB::GlobalTable',
      'AWS::Events::EventBus',
      'AWS::Events::Archive',
      'AWS::S3::Bucket',
      'AWS::SecretsManager::Secret',
      'AWS::KMS::Key',
    ])
      for (const resource of resourcesOf(data, type))
        expect(resource).toMatchObject({
          // Unless its creation fails, and with it the stack's.
          DeletionPolicy: 'RetainExceptOnCreate',
          UpdateReplacePolicy: 'Retain',
        });
  });

  test('lets a disposable stage be deleted whole', () => {
    const template = local.template('data');
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket'])
      for (const resource of resourcesOf(template, type)) expect(resource.DeletionPolicy).toBe('Delete');
    expect(replica(template).DeletionProtectionEnabled).toBe(false);
    const Resources = z.record(z.string(), z.object({ DeletionPolicy: z.string().optional() }));
    for (const part of ['data', 'service', 'web'] as const) {
      const resources = Object.entries(Resources.parse(local.template(part).toJSON().Resources));
      expect(resources.filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'))).toEqual([]);
    }
  });

  test('makes the cursor secret itself, long and random', () => {
    const [secret] = resourcesOf(data, 'AWS::SecretsManager::Secret');
    expect(secret?.Properties.GenerateSecretString).toEqual({ PasswordLength: 64, ExcludePunctuation: true });
    expect(secret?.Properties).not.toHaveProperty('SecretString');
  });

  test('keeps no bucket that the internet can read', () => {
    for (const { Properties } of resourcesOf(data, 'AWS::S3::Bucket'))
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
  });

  test('keeps no bucket that answers without TLS', () => {
    const policies = resourcesOf(data, 'AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(resourcesOf(data, 'AWS::S3::Bucket').length);
    for (const { Properties } of policies)
      expect(Properties.PolicyDocument).toMatchObject({
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      });
  });

  const lockOf = (template: Template) =>
    resourcesOf(template, 'AWS::S3::Bucket').flatMap(
      ({ Properties }) => Properties.ObjectLockConfiguration ?? [],
    );

  test('keeps audit checkpoints as long as the longest plan keeps entries, whoever wants them gone', () => {
    const lock = (Days: number) => [
      { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days } } },
    ];
    expect(lockOf(data)).toEqual(lock(2555));
    expect(lockOf(local.template('data'))).toEqual(lock(1));
  });

  test('signs audit checkpoints with an Ed25519 key that KMS has made', () => {
    expect(resourcesOf(data, 'AWS::KMS::Key')).toMatchObject([
      { Properties: { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY', PendingWindowInDays: 30 } },
    ]);
  });

  test('archives every domain event for replay', () => {
    expect(resourcesOf(data, 'AWS::Events::Archive')).toMatchObject([{ Properties: { RetentionDays: 90 } }]);
  });

  test('keeps what is in the failure bucket until it has been replayed, and that for 90 days', () => {
    const [failures] = resourcesOf(data, 'AWS::S3::Bucket').filter(
      ({ Properties }) => Properties.VersioningConfiguration !== undefined,
    );
    expect(failures?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          { Prefix: 'replayed/', ExpirationInDays: 90, Status: 'Enabled' },
          { NoncurrentVersionExpiration: { NoncurrentDays: 90 }, Status: 'Enabled' },
        ],
      },
    });
    expect(failures).not.toHaveProperty('Properties.LifecycleConfiguration.Rules.1.ExpirationInDays');
  });
});
