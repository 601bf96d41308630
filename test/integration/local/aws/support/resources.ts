import type { AwsResources, Mapping, Role } from '../../../../../infra/local/aws/resources.ts';

export const account = '111122223333';
export const region = 'eu-central-1';
const tableArn = `arn:aws:dynamodb:${region}:${account}:table/things`;
export const streamArn = `${tableArn}/stream/2026-01-01T00:00:00.000`;
const busArn = `arn:aws:events:${region}:${account}:event-bus/changes`;
export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
export const functionArn = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;

type Statement = Readonly<Record<string, unknown>>;
const document = (...statements: readonly Statement[]) => ({ Version: '2012-10-17', Statement: statements });
export const allow = (
  Action: string | string[],
  Resource: string | string[],
  Condition?: object,
): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const trusting = (Principal: object, Condition?: object) =>
  document({
    Effect: 'Allow',
    Principal,
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    ...(Condition && { Condition }),
  });

export function role(
  name: string,
  statements: readonly Statement[],
  trustPolicy: unknown = trusting({ Service: 'lambda.amazonaws.com' }),
): Role {
  return {
    arn: roleArn(name),
    id: `AROA${name.toUpperCase()}`,
    trustPolicy,
    policies: statements.length === 0 ? [] : [{ name: 'default', document: document(...statements) }],
    tags: {},
    maxSessionDuration: 3600,
  };
}

const onlyLeadingKeys = (...patterns: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

const assumeTenant = allow(['sts:AssumeRole', 'sts:TagSession'], roleArn('tenant'));

/** The tenant role as deployed: one organization's items, audit entries read-only. */
export const tenantRole = (own: Statement): Role =>
  role(
    'tenant',
    [
      own,
      {
        Effect: 'Deny',
        Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        Resource: tableArn,
        Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#audit#*', '*#audit-chain*'] } },
      },
    ],
    trusting(
      { AWS: roleArn('organization') },
      {
        StringLike: { 'aws:RequestTag/organizationId': ['org_*', 'platform'] },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['organizationId'] },
        Null: { 'aws:RequestTag/organizationId': 'false', 'aws:TagKeys': 'false' },
      },
    ),
  );

/** As CDK creates it. */
const keyPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'kms:*',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Resource: '*',
    },
  ],
};
export const keyArn = `arn:aws:kms:${region}:${account}:key/signing`;

const itemActions = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];
export const ownOrganization = allow(
  itemActions,
  tableArn,
  onlyLeadingKeys(`\${aws:PrincipalTag/organizationId}#*`),
);
/** The same, broken on purpose: without the prefix condition. */
export const anyOrganization = allow(itemActions, tableArn);

const readStream = allow(
  ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
  streamArn,
);
const keepFailures = [
  allow('s3:PutObject', 'arn:aws:s3:::failures/*'),
  allow('s3:ListBucket', 'arn:aws:s3:::failures'),
];

const deadLetterArn = `arn:aws:sqs:${region}:${account}:undelivered`;
const consumerRole = role('consumer', [
  ...[readStream, ...keepFailures, allow('events:PutEvents', busArn)],
  allow('sqs:SendMessage', deadLetterArn),
]);

const mapping: Mapping = {
  id: 'consumer-mapping',
  functionName: 'consumer',
  functionArn: functionArn('consumer'),
  streamArn,
  startingPosition: 'TRIM_HORIZON',
  batchSize: 100,
  batchingWindowSeconds: 0,
  filterPatterns: [],
  reportBatchItemFailures: true,
  bisectOnError: true,
  maximumRetryAttempts: 1,
  maximumRecordAgeSeconds: -1,
  failureBucket: 'failures',
};

const roles = {
  organization: role('organization', [assumeTenant]),
  outsider: role('outsider', [assumeTenant]),
  tenant: tenantRole(ownOrganization),
  admin: role('admin', [
    allow(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
      tableArn,
      onlyLeadingKeys('platform#*'),
    ),
    allow('dynamodb:Query', `${tableArn}/index/directory`, onlyLeadingKeys('platform#organizations#*')),
    allow(
      'secretsmanager:GetSecretValue',
      `arn:aws:secretsmanager:${region}:${account}:secret:cursor-AbCdEf`,
    ),
    allow(
      'secretsmanager:GetSecretValue',
      `arn:aws:secretsmanager:${region}:${account}:secret:given/one-??????`,
    ),
    allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], 'arn:aws:s3:::failures/own/*'),
    allow(['s3:PutObject', 's3:GetObject', 's3:GetObjectRetention'], 'arn:aws:s3:::locked/*'),
    allow(['kms:Sign', 'kms:GetPublicKey'], keyArn),
    allow('s3:ListBucket', 'arn:aws:s3:::failures'),
    allow('lambda:InvokeFunction', [functionArn('consumer'), functionArn('missing')]),
  ]),
  consumer: consumerRole,
  invoker: role(
    'invoker',
    [allow('lambda:InvokeFunction', functionArn('worker'))],
    trusting(
      { Service: 'scheduler.amazonaws.com' },
      {
        StringEquals: {
          'aws:SourceAccount': account,
          'aws:SourceArn': `arn:aws:scheduler:${region}:${account}:schedule-group/own`,
        },
      },
    ),
  ),
};

const lambda = (name: string) => ({
  ...{ name, arn: functionArn(name), roleArn: roleArn(name) },
  ...(name === 'consumer' ? { deadLetterArn } : {}),
});

export interface Changes {
  readonly tenant?: Role;
  readonly consumer?: Role;
  readonly mapping?: Partial<Mapping>;
  readonly sortKey?: string;
}

/** A small deployment with the product's roles. */
export function smallDeployment({
  tenant,
  consumer,
  mapping: change,
  sortKey = 'sk',
}: Changes = {}): AwsResources {
  return {
    region,
    account,
    mail: { identities: [], configurationSets: [], told: [] },
    tables: [
      {
        arn: tableArn,
        streamArn,
        timeToLiveAttribute: 'expiresAt',
        shape: {
          TableName: 'things',
          AttributeDefinitions: ['pk', sortKey, 'directoryPk', 'directorySk'].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S',
          })),
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: sortKey, KeyType: 'RANGE' },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'directory',
              KeySchema: [
                { AttributeName: 'directoryPk', KeyType: 'HASH' },
                { AttributeName: 'directorySk', KeyType: 'RANGE' },
              ],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        },
      },
    ],
    identityProviders: [],
    roles: Object.values({ ...roles, ...(tenant && { tenant }), ...(consumer && { consumer }) }),
    functions: ['organization', 'outsider', 'admin', 'consumer'].map(lambda),
    mappings: change === undefined ? [] : [{ ...mapping, ...change }],
    schedules: ['worker', 'consumer'].map((target) => ({
      name: `every-day-${target}`,
      logicalId: `Daily${target}`,
      expression: 'cron(10 1 * * ? *)',
      timeZone: 'UTC',
      enabled: true,
      targetFunctionArn: functionArn(target),
      targetRoleArn: roleArn('invoker'),
      input: '{"shard":1}',
      groupArn: `arn:aws:scheduler:${region}:${account}:schedule-group/own`,
    })),
    buses: ['changes'],
    eventRules: [],
    apiDestinations: [],
    buckets: ['failures', 'locked'],
    othersBuckets: {},
    locks: { locked: 30 },
    keys: [{ id: 'signing', arn: keyArn, policy: keyPolicy }],
    secrets: [
      {
        name: 'cursor',
        arn: `arn:aws:secretsmanager:${region}:${account}:secret:cursor-AbCdEf`,
        recipe: { passwordLength: 64, excludePunctuation: true, excludeCharacters: '', into: undefined },
      },
    ],
  };
}
