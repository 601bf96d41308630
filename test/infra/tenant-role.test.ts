import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROBES } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { awsResourcesOf } from '../../infra/local/assembly/aws-resources.ts';
import { loadDeployment } from '../../infra/local/assembly/deployment.ts';
import { decide } from '../../infra/local/aws/iam/simulator.ts';
import { tagContext } from '../../infra/local/aws/sts/protocol.ts';
import { functionNamed, only, plain, roleDescribed, statementsOf } from './iam.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

let local: BuiltStage;
let service: Template;
beforeAll(() => {
  local = buildStage('local');
  service = local.template('service');
});
afterAll(() => local.discard());

describe('the tenant role', () => {
  const tenant = () => roleDescribed(service, 'Sees one organization');

  test('touches items of the organization in the session tag, and refuses a request that names no key', () => {
    const [allow] = statementsOf(service, tenant().roleId);
    expect(allow).toMatchObject({
      Effect: 'Allow',
      Action: [
        'dynamodb:BatchGetItem',
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      Condition: only(['$', '{aws:PrincipalTag/organizationId}#*'].join('')),
    });
  });

  test('reaches the table itself, and of its indexes the one whose keys begin with the organization', () => {
    const statements = statementsOf(service, tenant().roleId);
    const resources = statements
      .filter(({ Sid }) => Sid !== 'OwnExports')
      .flatMap(({ Resource }) => Resource ?? []);
    expect(new Set(resources.map(plain))).toEqual(new Set(['<Table.Arn>', '<Table.Arn>/index/byMember']));
    expect(statements.find(({ Sid }) => Sid === 'OwnMembersAndTeams')).toMatchObject({
      Action: ['dynamodb:Query'],
      Condition: only(['$', '{aws:PrincipalTag/organizationId}#*'].join('')),
    });
  });

  test('never writes the audit trail, not even of its own organization', () => {
    const deny = statementsOf(service, tenant().roleId).filter(({ Sid }) => Sid === 'AuditIsReadOnly');
    expect(deny).toMatchObject([
      {
        Effect: 'Deny',
        Action: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#audit#*', '*#audit-tree'] } },
      },
    ]);
  });

  test('puts nothing into the index that the platform reads across organizations', () => {
    const statements = statementsOf(service, tenant().roleId);
    expect(statements.find(({ Sid }) => Sid === 'DirectoryIsThePlatforms')).toMatchObject({
      Effect: 'Deny',
      Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
      Condition: { 'ForAnyValue:StringEquals': { 'dynamodb:Attributes': ['directoryPk'] } },
    });
  });

  test('puts access events of its organization’s people only, and never changes or removes one', () => {
    const statements = statementsOf(service, tenant().roleId);
    const denied = (actions: string[], ...patterns: string[]) => ({
      Effect: 'Deny',
      Action: actions,
      Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': patterns } },
    });
    expect(statements.find(({ Sid }) => Sid === 'AccessEventsStay')).toMatchObject(
      denied(['dynamodb:DeleteItem', 'dynamodb:UpdateItem'], '*#access*'),
    );
    expect(statements.find(({ Sid }) => Sid === 'AccessEventsOfPeople')).toMatchObject(
      denied(['dynamodb:PutItem'], 'platform#access*', '*#access#usage-run'),
    );
  });

  test('makes nobody a super admin, whoever holds it', () => {
    const statements = statementsOf(service, tenant().roleId);
    const superAdmins = {
      'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['platform#user', 'platform#invitation'] },
    };
    expect(statements.find(({ Sid }) => Sid === 'SuperAdminsArePutInByHand')).toMatchObject({
      Effect: 'Deny',
      Action: ['dynamodb:PutItem'],
      Condition: superAdmins,
    });
    expect(statements.find(({ Sid }) => Sid === 'SuperAdminsKeepTheirRole')).toMatchObject({
      Effect: 'Deny',
      Action: ['dynamodb:UpdateItem'],
      Condition: { ...superAdmins, 'ForAnyValue:StringEquals': { 'dynamodb:Attributes': ['role'] } },
    });
  });

  test('writes no approval, and nothing that says what is to be deleted, whoever holds it', () => {
    const statements = statementsOf(service, tenant().roleId);
    const { approvals, departures, removals } = partitionPatterns;
    expect(statements.find(({ Sid }) => Sid === 'ApprovalsAreElsewhere')).toMatchObject({
      Effect: 'Deny',
      Action: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      Condition: {
        'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [approvals, departures, ...removals] },
      },
    });
  });

  test('downloads the exports of the organization in the session tag, and no other’s', () => {
    const own = statementsOf(service, tenant().roleId).find(({ Sid }) => Sid === 'OwnExports');
    expect(own).toMatchObject({ Effect: 'Allow', Action: ['s3:GetObject'] });
    expect(JSON.stringify(own?.Resource)).toContain(`/\${aws:PrincipalTag/organizationId}/*`);
  });

  test('holds these ten statements and nothing else', () => {
    expect(statementsOf(service, tenant().roleId)).toHaveLength(10);
  });

  test('is assumed by these functions only, for one organization, with no other tag; for the platform by the webhooks alone, for a probe by the canary alone', () => {
    const byRole = tenant().trust.filter(({ Action }) => Action.includes('sts:AssumeRole'));
    // The platform's users are the super admins: no function that serves user requests may write them.
    const may: readonly (readonly [functions: readonly string[], organizations: readonly string[]])[] = [
      [
        [
          'ApiSupport',
          'SchedulesUsage',
          'UpkeepInvitations',
          'KeysBroker',
          'OutgoingSender',
          'MailReminders',
        ],
        ['org_*'],
      ],
      [['ApiWebhooks'], ['org_*', 'platform']],
      [['Canary'], PROBES],
    ];
    expect(byRole.map(({ Condition }) => Condition)).toEqual(
      may.map(([functions, organizations]) => ({
        StringLike: {
          'aws:userid': functions.map((name) => sessionsOf(`${name}Role`)),
          'aws:RequestTag/organizationId': organizations,
        },
      })),
    );
    for (const { Effect, Action, Principal } of byRole) {
      expect({ Effect, Action }).toEqual({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'] });
      expect(principals(Principal)).toEqual(['arn:<AWS::Partition>:iam::<AWS::AccountId>:root']);
    }
  });

  test('gives a session one tag, and a probe’s to the canary alone, whoever asks', () => {
    const deny = (Condition: object) => ({
      Effect: 'Deny',
      Action: ['sts:TagSession'],
      Principal: { AWS: '*' },
      Condition,
    });
    expect(tenant().trust.filter(({ Effect }) => Effect === 'Deny')).toEqual([
      deny({ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'organizationId' } }),
      deny({
        StringEquals: { 'aws:RequestTag/organizationId': PROBES },
        StringNotLike: { 'aws:userid': sessionsOf('CanaryRole') },
      }),
    ]);
  });

  test('opens for them as IAM judges it: with their own organization’s tag, and neither without nor with more', async () => {
    const resources = awsResourcesOf(
      loadDeployment({
        directory: local.directory,
        origin: { synthesized: 'http://localhost:4000', actual: 'http://localhost:4000' },
      }),
    );
    const roleOf = (name: string) => {
      const found = resources.roles.find(({ arn }) => arn.includes(name));
      if (found === undefined) throw new Error(`there is no role ${name}`);
      return found;
    };
    const tenantRole = roleOf('TenantRole');
    const opens = async (name: string, tags: Readonly<Record<string, string>>) => {
      const { arn, id, policies } = roleOf(name);
      const isTagged = Object.keys(tags).length > 0;
      const decisions = (isTagged ? ['sts:AssumeRole', 'sts:TagSession'] : ['sts:AssumeRole']).map((action) =>
        decide({
          principal: `${arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/session`,
          account: resources.account,
          action,
          resource: tenantRole.arn,
          context: {
            ...{ 'aws:PrincipalArn': arn, 'aws:userid': `${id}:session` },
            'sts:RoleSessionName': 'session',
            ...tagContext(tags),
          },
          identityPolicies: policies,
          resourcePolicy: tenantRole.trustPolicy,
        }),
      );
      return (await Promise.all(decisions)).every((decision) => decision === 'allowed');
    };
    const customer = { organizationId: 'org_01JDGZ8N2K5T7V9X1B3C5D7E9F' };
    const [probe] = PROBES.map((organizationId) => ({ organizationId }));
    const platform = { organizationId: 'platform' };
    for (const [name, may] of [
      ['ApiSupportRole', [true, false, false]],
      ['KeysBrokerRole', [true, false, false]],
      ['OutgoingSenderRole', [true, false, false]],
      ['SchedulesUsageRole', [true, false, false]],
      ['UpkeepInvitationsRole', [true, false, false]],
      ['ApiWebhooksRole', [true, true, false]],
      ['CanaryRole', [false, false, true]],
      ['ApiOrganizationRole', [false, false, false]],
      ['ApiAdminRole', [false, false, false]],
    ] as const) {
      const answers = [customer, platform, probe ?? {}].map((tags) => opens(name, tags));
      expect(await Promise.all(answers), name).toEqual(may);
      expect(await opens(name, {}), name).toBe(false);
      expect(await opens(name, { ...customer, team: 'x' }), name).toBe(false);
    }
  });

  test('is opened by Clerk’s tokens for this site, for a customer, in the organizations’ function only', () => {
    const byToken = tenant().trust.filter(
      ({ Action, Effect }) => Effect === 'Allow' && !Action.includes('sts:AssumeRole'),
    );
    const organization = functionNamed(service, 'organization');
    const tags = { StringLike: { 'aws:RequestTag/organizationId': ['org_*'] } };
    const sessionName = { 'Fn::GetAtt': [organization.roleId, 'RoleId'] };
    const named = {
      StringEquals: {
        'localhost:4000/clerk:aud': 'http://localhost:4000',
        'sts:RoleSessionName': sessionName,
      },
    };
    expect(byToken.map(({ Action, Condition, Effect }) => ({ Action, Condition, Effect }))).toEqual([
      { Effect: 'Allow', Action: ['sts:AssumeRoleWithWebIdentity'], Condition: { ...tags, ...named } },
      { Effect: 'Allow', Action: ['sts:TagSession'], Condition: tags },
    ]);
    for (const { Principal } of byToken)
      expect(Principal).toEqual({
        Federated: { 'Fn::GetAtt': [expect.stringMatching(/^TenantClerk/), 'Arn'] },
      });
    expect(organization.environment.TENANT_SESSION_NAME).toEqual(sessionName);
    for (const { Properties } of resourcesOf(service, 'AWS::IAM::OIDCProvider'))
      expect(Properties).toMatchObject({
        Url: 'http://localhost:4000/clerk',
        ClientIdList: ['http://localhost:4000'],
      });
  });

  test('trusts in no more characters than IAM takes of every account, however long the stage’s names are', () => {
    const { Properties } = service.findResources('AWS::IAM::Role')[tenant().roleId] ?? {};
    const values: Readonly<Record<string, string>> = {
      RoleId: `AROA${'X'.repeat(17)}`,
      Arn: `arn:aws:iam::111122223333:oidc-provider/${'x'.repeat(60)}`,
      Partition: 'aws',
      AccountId: '111122223333',
    };
    const trust = JSON.stringify(Properties?.AssumeRolePolicyDocument)
      .replaceAll('localhost:4000', 'x'.repeat(60))
      .replaceAll(
        /\{"(?:Fn::GetAtt":\["\w+","|Ref":"AWS::)(\w+)"\]?\}/g,
        (_, name: string) => `"${values[name]}"`,
      )
      .replaceAll(
        /\{"Fn::Join":\["",\[([^\]]*)\]\]\}/g,
        (_, parts: string) => `"${parts.replaceAll(/"|,/g, '')}"`,
      );
    expect(trust).not.toContain('Fn::');
    expect(trust.length).toBeLessThan(2048);
  });

  test('lends itself for an hour at most', () => {
    const role = service.findResources('AWS::IAM::Role')[tenant().roleId];
    expect(role?.Properties.MaxSessionDuration).toBe(3600);
  });
});

/** The sessions of a role, as in `aws:userid`. */
const sessionsOf = (role: string) => ({
  'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(`^${role}[0-9A-F]{8}$`), 'RoleId'] }, ':*']],
});

const principals = (principal: unknown): string[] =>
  typeof principal === 'object' && principal !== null && 'AWS' in principal
    ? [principal.AWS].flat().map(plain)
    : [];
