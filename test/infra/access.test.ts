import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { functionNamed, only, permissionsOf, statementsOf } from './iam.ts';
import { type BuiltStage, buildStage } from './synthesized.ts';

let local: BuiltStage;
let service: Template;
beforeAll(() => {
  local = buildStage('local');
  service = local.template('service');
});
afterAll(() => local.discard());

const { removals, organizationClaims } = partitionPatterns;

/** Keys of the table that a function may touch itself, by the conditions of its statements. */
const leadingKeys = (name: string) =>
  statementsOf(service, functionNamed(service, name).roleId)
    .filter(({ Action }) => Action.every((action) => /^dynamodb:.*(Item|Query)$/.test(action)))
    .map(({ Condition }) => Condition);

describe('a function may do what it is for', () => {
  const secret = (name: string) =>
    `arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${name}-??????`;
  const consume = [
    'Allow dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams on <Table.StreamArn>',
    'Allow s3:ListBucket on <Failures.Arn>',
    'Allow s3:PutObject on <Failures.Arn>/aws/lambda/*',
  ];
  const directory = [
    'directory',
    'directoryByActivity',
    'directoryByCreation',
    'directoryByPlanEnd',
    'directoryByUsers',
  ];
  const askClerk = 'Allow lambda:InvokeFunction on <ClerkGatewayFunction.Arn>';
  /** What was given up of what schedules start. */
  const keep = (group: string) => `Allow sqs:SendMessage on <${group}Undelivered.Arn>`;
  const assumeTenant = 'Allow sts:AssumeRole sts:TagSession on <TenantRole.Arn>';

  test.each([
    [
      'admin',
      [
        'Allow dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on <Table.Arn>',
        'Allow dynamodb:DeleteItem on <Table.Arn>',
        `Allow dynamodb:Query on ${directory.map((index) => `<Table.Arn>/index/${index}`).join(' ')}`,
        'Deny dynamodb:DeleteItem dynamodb:PutItem dynamodb:UpdateItem on <Table.Arn>',
        'Allow secretsmanager:GetSecretValue on <CursorSecret>',
        'Allow lambda:InvokeFunction on <ClerkGatewayFunction.Arn> <ConsentApprovalsFunction.Arn> <DriftFunction.Arn> <SchedulesUsageFunction.Arn>',
      ],
    ],
    [
      'organization',
      [
        'Allow lambda:InvokeFunction on <AuditCheckpointsFunction.Arn> <ClerkGatewayFunction.Arn> <OutgoingSenderFunction.Arn> <ApiMachinesLive> <ApiSupportLive>',
        'Allow dynamodb:GetItem on <Table.Arn>',
        'Allow dynamodb:PutItem on <Table.Arn>',
        'Allow secretsmanager:GetSecretValue on <CursorSecret>',
      ],
    ],
    [
      'support',
      [
        'Allow dynamodb:GetItem on <Table.Arn>',
        'Allow dynamodb:PutItem on <Table.Arn>',
        'Allow dynamodb:UpdateItem on <Table.Arn>',
        'Allow secretsmanager:GetSecretValue on <CursorSecret>',
        'Allow lambda:InvokeFunction on <AuditCheckpointsFunction.Arn> <ClerkGatewayFunction.Arn> <ConsentApprovalsFunction.Arn> <OutgoingSenderFunction.Arn>',
        assumeTenant,
      ],
    ],
    [
      'webhooks',
      [
        'Allow dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem on <Table.Arn>',
        'Allow dynamodb:GetItem on <Table.Arn>',
        `Allow secretsmanager:GetSecretValue on ${secret('mtcms/local/clerk-webhook')}`,
        assumeTenant,
      ],
    ],
    [
      'usage',
      [
        'Allow dynamodb:Query on <Table.Arn>/index/directory',
        'Allow dynamodb:GetItem dynamodb:PutItem on <Table.Arn>',
        keep('Schedules'),
        assumeTenant,
      ],
    ],
    ['drift', ['Allow dynamodb:PutItem dynamodb:Query on <Table.Arn>', keep('Drift'), askClerk]],
    [
      'invitations',
      [
        'Allow dynamodb:Query on <Table.Arn>/index/directory',
        'Allow dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem on <Table.Arn>',
        keep('Upkeep'),
        askClerk,
        assumeTenant,
      ],
    ],
    [
      'audit-checkpoints',
      [
        'Allow dynamodb:Query on <Table.Arn>/index/directory',
        'Allow dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query on <Table.Arn>',
        'Allow dynamodb:PutItem dynamodb:UpdateItem on <Table.Arn>',
        'Allow kms:GetPublicKey kms:Sign on <AuditKey.Arn>',
        'Allow s3:GetObject s3:PutObject on <Anchors.Arn>/*',
        keep('Audit'),
      ],
    ],
    [
      'approvals',
      [
        'Allow dynamodb:ConditionCheckItem dynamodb:GetItem dynamodb:Query on <Table.Arn>',
        'Allow dynamodb:PutItem on <Table.Arn>',
        'Allow dynamodb:UpdateItem on <Table.Arn>',
        keep('Consent'),
        askClerk,
      ],
    ],
    [
      'gateway',
      [
        ...['GetItem', 'BatchGetItem', 'Query'].map((action) => `Allow dynamodb:${action} on <Table.Arn>`),
        'Allow lambda:InvokeFunction on <ApiWebhooksFunction.Arn>',
        `Allow secretsmanager:GetSecretValue on ${secret('mtcms/local/clerk')}`,
      ],
    ],
    [
      'audit-writer',
      [
        ...consume,
        ...['PutItem', 'BatchGetItem', 'UpdateItem', 'GetItem', 'GetItem'].map(
          (action) => `Allow dynamodb:${action} on <Table.Arn>`,
        ),
        'Allow lambda:InvokeFunction on <OutgoingSenderFunction.Arn>',
      ],
    ],
    [
      'event-publisher',
      [...consume, 'Allow events:PutEvents on <Bus.Arn>', 'Allow dynamodb:GetItem on <Table.Arn>'],
    ],
    [
      'redrive',
      [
        'Allow lambda:InvokeFunction on <ChangesAuditWriterFunction.Arn> <ChangesEventPublisherFunction.Arn>',
        'Allow s3:ListBucket on <Failures.Arn>',
        'Allow s3:DeleteObject s3:GetObject on <Failures.Arn>/aws/lambda/*',
        'Allow s3:PutObject on <Failures.Arn>/replayed/*',
        keep('Failures'),
      ],
    ],
    ['origin-authorizer', ['Allow secretsmanager:GetSecretValue on <OriginSecret>']],
    [
      'exports',
      [
        'Allow lambda:InvokeFunction on <AuditCheckpointsFunction.Arn>',
        'Allow dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query on <Table.Arn>',
        'Allow dynamodb:PutItem dynamodb:UpdateItem on <Table.Arn>',
        'Allow s3:ListBucket on <Exports.Arn>',
        'Allow s3:GetObject s3:PutObject on <Exports.Arn>/*',
        keep('Leaving'),
      ],
    ],
    [
      'removals',
      [
        'Allow lambda:InvokeFunction on <AuditCheckpointsFunction.Arn> <ClerkGatewayFunction.Arn>',
        'Allow dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query on <Table.Arn>',
        'Allow dynamodb:PutItem on <Table.Arn>',
        'Allow dynamodb:UpdateItem on <Table.Arn>',
        'Allow dynamodb:DeleteItem on <Table.Arn>',
        keep('Leaving'),
      ],
    ],
    // Nothing of the table by itself: what it tries, it tries as the tenant role.
    ['canary', [keep('Canary'), assumeTenant]],
  ])('%s, and nothing else', (name, permissions) => {
    expect(permissionsOf(service, functionNamed(service, name).roleId)).toEqual(permissions);
  });

  // It moves a tree's head, and can change no tile, seal or checkpoint beside it.
  const heads = only('*#audit-tree');
  const onlyHeads = {
    ...heads,
    'ForAllValues:StringEquals': {
      'dynamodb:Attributes': [
        ...['pk', 'sk', 'entity', 'entityVersion', 'organizationId'],
        ...['headSize', 'headFrontier', 'recent'],
      ],
    },
    Null: { ...heads.Null, 'dynamodb:Attributes': 'false' },
  };

  test.each([
    [
      'admin',
      [
        only('platform#*', '*#organization', '*#invitation', '*#email'),
        only('platform#organization-name', 'platform#organization-external-id'),
        only('platform#organizations#*', 'platform#organization-terms', 'platform#audit#*'),
        {
          'ForAnyValue:StringLike': {
            'dynamodb:LeadingKeys': [
              ...['*#audit#*', '*#audit-tree', 'platform#audit-rounds', 'platform#user'],
              ...['platform#invitation', 'platform#member-claim', 'platform#approval'],
            ],
          },
        },
      ],
    ],
    [
      'organization',
      [only('platform#member-claim'), only('platform#member-claim', 'platform#access#elsewhere')],
    ],
    [
      'support',
      [
        only('platform#user', 'platform#member-claim'),
        only('platform#access', 'platform#access#refused', 'platform#member-claim'),
        only('platform#rate'),
      ],
    ],
    [
      'webhooks',
      [only('platform#identity', 'platform#webhook', 'platform#member-claim'), only('platform#audit-rounds')],
    ],
    [
      'audit-checkpoints',
      [
        only('platform#organizations#*'),
        only('*#audit#*', '*#audit-tree', 'platform#audit-rounds', '*#organization', ...removals),
        only('*#audit-tree', 'platform#audit-rounds'),
      ],
    ],
    [
      'approvals',
      [
        only(
          'platform#approval',
          'platform#user',
          'platform#email',
          'platform#member-claim',
          '*#organization',
          'org_*#support-access',
        ),
        only(
          'platform#approval',
          'platform#user',
          'platform#email',
          'platform#member-claim',
          'platform#users',
          'platform#joined',
        ),
        only('platform#approval', 'platform#organization'),
      ],
    ],
    [
      'gateway',
      [
        only('org_*#invitation', 'org_*#user', 'platform#member-claim', 'platform#approval', 'platform#user'),
        only('*#user', 'platform#member-claim'),
        only('platform#member-claim'),
      ],
    ],
    ['invitations', [only('platform#organizations#*'), only('platform#member-claim')]],
    ['drift', [only('platform#drift')]],
    ['usage', [only('platform#organizations#*'), only('platform#usage')]],
    [
      'audit-writer',
      [
        only('*#audit#*'),
        only('*#audit-tree'),
        onlyHeads,
        only('*#organization'),
        only('*#tombstone', 'platform#departure'),
      ],
    ],
    ['event-publisher', [only('*#tombstone', 'platform#departure')]],
    // It reads all and writes how far it is.
    ['exports', [only('platform#departure', 'org_*'), only('org_*#export')]],
    [
      'removals',
      [
        only('platform#departure', ...removals, 'org_*', 'platform#approval'),
        only(...removals, 'org_*#forgetting'),
        only('platform#departure', ...removals),
        only(...removals, 'org_*', ...organizationClaims, 'platform#member-claim'),
      ],
    ],
  ])('%s, on its own keys only', (name, conditions) => {
    expect(leadingKeys(name)).toEqual(conditions);
  });
});
