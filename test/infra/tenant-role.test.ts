import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROBES } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
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
    const probes = { StringNotEquals: { 'aws:RequestTag/organizationId': [...PROBES] } };
    const opens = (organizations: string[], except: object = probes) => ({
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: {
        ...except,
        StringLike: { 'aws:RequestTag/organizationId': organizations },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['organizationId'] },
        Null: { 'aws:RequestTag/organizationId': 'false', 'aws:TagKeys': 'false' },
      },
    });
    // The platform's users are the super admins: no function that a person's request reaches may write them.
    const byRole = tenant().trust.filter(({ Action }) => Action.includes('sts:AssumeRole'));
    expect(byRole).toEqual(
      [opens(['org_*']), opens(['org_*', 'platform']), opens([...PROBES], {})].map((statement) => ({
        ...statement,
        Principal: expect.anything(),
      })),
    );
    expect(byRole.map(({ Principal }) => principals(Principal))).toEqual([
      [
        '<ApiSupportRole.Arn>',
        '<KeysBrokerRole.Arn>',
        '<OutgoingSenderRole.Arn>',
        '<SchedulesUsageRole.Arn>',
        '<UpkeepInvitationsRole.Arn>',
      ],
      ['<ApiWebhooksRole.Arn>'],
      ['<CanaryRole.Arn>'],
    ]);
  });

  test('is opened by Clerk’s tokens for this site, for a customer, in the organizations’ function only', () => {
    const byToken = tenant().trust.filter(({ Action }) => !Action.includes('sts:AssumeRole'));
    const organization = functionNamed(service, 'organization');
    const tags = {
      StringLike: { 'aws:RequestTag/organizationId': ['org_*'] },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['organizationId'] },
      Null: { 'aws:RequestTag/organizationId': 'false', 'aws:TagKeys': 'false' },
      StringNotEquals: { 'aws:RequestTag/organizationId': PROBES },
    };
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

  test('trusts in no more characters than the deploy guide has the quota raised to', () => {
    const { Properties } = service.findResources('AWS::IAM::Role')[tenant().roleId] ?? {};
    // The longest that the name of a role may be.
    const arn = `arn:aws:iam::111122223333:role/${'x'.repeat(64)}`;
    const trust = JSON.stringify(Properties?.AssumeRolePolicyDocument).replaceAll(
      /\{"Fn::GetAtt":\["\w+","\w+"\]\}/g,
      `"${arn}"`,
    );
    const raised = /--quota-code L-C07B4B0D --desired-value (\d+)/.exec(
      readFileSync('docs/deploy.md', 'utf8'),
    );
    expect(trust.length).toBeLessThan(Number(raised?.[1]));
  });

  test('lends itself for an hour at most', () => {
    const role = service.findResources('AWS::IAM::Role')[tenant().roleId];
    expect(role?.Properties.MaxSessionDuration).toBe(3600);
  });
});

const principals = (principal: unknown): string[] =>
  typeof principal === 'object' && principal !== null && 'AWS' in principal
    ? [principal.AWS].flat().map(plain)
    : [];
