import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionNamed, permissionsOf } from './iam.ts';
import { type BuiltStage, buildStage } from './synthesized.ts';

let local: BuiltStage;
let service: Template;
beforeAll(() => {
  local = buildStage('local');
  service = local.template('service');
});
afterAll(() => local.discard());

describe('a function may do what it is for', () => {
  const secret = (name: string) =>
    `arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${name}-??????`;
  const ses = (path: string) => `arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:${path}`;
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
  /** Failed events of scheduled functions. */
  const keep = (group: string) => `Allow sqs:SendMessage on <${group}Undelivered.Arn>`;
  const assumeTenant = 'Allow sts:AssumeRole sts:TagSession on <TenantRole.Arn>';

  const may: readonly (readonly [name: string, permissions: readonly string[]])[] = [
    [
      'admin',
      [
        'Allow dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:GetItem dynamodb:Query on <Table.Arn>',
        'Allow dynamodb:PutItem dynamodb:UpdateItem on <Table.Arn>',
        'Allow dynamodb:DeleteItem on <Table.Arn>',
        `Allow dynamodb:Query on ${directory.map((index) => `<Table.Arn>/index/${index}`).join(' ')}`,
        'Deny dynamodb:UpdateItem on <Table.Arn>',
        'Allow secretsmanager:GetSecretValue on <CursorSecret>',
        'Allow lambda:InvokeFunction on <ClerkGatewayFunction.Arn> <ConsentApprovalsFunction.Arn> <DriftFunction.Arn> <SchedulesUsageFunction.Arn>',
      ],
    ],
    [
      'organization',
      [
        'Allow lambda:InvokeFunction on <AuditCheckpointsFunction.Arn> <ClerkGatewayFunction.Arn> <LeavingErasuresFunction.Arn> <LeavingExportsFunction.Arn> <OutgoingSenderFunction.Arn> <ApiMachinesLive> <ApiSupportLive>',
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
        'Allow lambda:InvokeFunction on <AuditCheckpointsFunction.Arn> <ClerkGatewayFunction.Arn> <ConsentApprovalsFunction.Arn> <LeavingErasuresFunction.Arn> <LeavingExportsFunction.Arn> <OutgoingSenderFunction.Arn>',
        assumeTenant,
      ],
    ],
    [
      'webhooks',
      [
        'Allow dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem on <Table.Arn>',
        'Allow dynamodb:GetItem on <Table.Arn>',
        `Allow secretsmanager:GetSecretValue on <MailSecret> ${secret('mtcms/local/clerk-webhook')}`,
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
      'reminders',
      [
        'Allow secretsmanager:GetSecretValue on <MailSecret>',
        'Allow dynamodb:Query on <Table.Arn>/index/directory',
        `Allow ses:SendEmail on ${ses('configuration-set/<Mail>')} ${ses('identity/<MailSender>')}`,
        keep('Mail'),
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
        'Allow dynamodb:DeleteItem on <Table.Arn>',
        'Allow s3:ListBucket on <Exports.Arn>',
        'Allow s3:GetObject s3:PutObject on <Exports.Arn>/*',
        keep('Leaving'),
      ],
    ],
    [
      'erasures',
      [
        'Allow lambda:InvokeFunction on <AuditCheckpointsFunction.Arn>',
        'Allow dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query on <Table.Arn>',
        ...['UpdateItem', 'PutItem', 'DeleteItem'].map((action) => `Allow dynamodb:${action} on <Table.Arn>`),
        'Deny dynamodb:UpdateItem on <Table.Arn>',
        'Deny dynamodb:UpdateItem on <Table.Arn>',
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
    // No table permissions of its own: it tests with the tenant role.
    ['canary', [keep('Canary'), assumeTenant]],
    // It opens no organization: the function that does so for a valid key can only read keys.
    [
      'machines',
      [
        'Allow secretsmanager:GetSecretValue on <CursorSecret>',
        'Allow lambda:InvokeFunction on <AuditCheckpointsFunction.Arn> <KeysBrokerFunction.Arn>',
      ],
    ],
    ['key-broker', ['Allow dynamodb:GetItem on <Table.Arn>', assumeTenant]],
    [
      'webhook-sender',
      [
        'Allow dynamodb:DeleteItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on <Table.Arn>',
        'Allow sts:AssumeRole on arn:aws:iam::*:role/mtcms-log-delivery*',
        'Deny sts:AssumeRole on arn:aws:iam::<AWS::AccountId>:role/mtcms-log-delivery*',
        keep('Outgoing'),
        assumeTenant,
      ],
    ],
  ];

  test.each(may)('%s, and nothing else', (name, permissions) => {
    expect(permissionsOf(service, functionNamed(service, name).roleId)).toEqual(permissions);
  });

  test('and there is no other function', () => {
    const listed = may.map(([name]) => functionNamed(service, name).logicalId);
    expect(new Set(Object.keys(service.findResources('AWS::Lambda::Function')))).toEqual(new Set(listed));
  });
});
