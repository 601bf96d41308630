import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionPowers } from '../docs/function-powers.ts';
import { allStatements, plain, roleDescribed } from './iam.ts';
import { type BuiltStage, buildStage } from './synthesized.ts';

let local: BuiltStage;
let service: Template;
beforeAll(() => {
  local = buildStage('local');
  service = local.template('service');
});
afterAll(() => local.discard());

describe('no policy of the app', () => {
  const everything = () =>
    (['data', 'service', 'monitoring', 'edge', 'web'] as const).flatMap((part) =>
      allStatements(local.template(part)),
    );

  test('allows an action by wildcard', () => {
    const wide = everything().filter(
      ({ statement }) =>
        statement.Effect === 'Allow' && statement.Action.some((action) => action.includes('*')),
    );
    expect(wide).toEqual([]);
  });

  test('reaches resources by wildcard, but for objects of these buckets', () => {
    const wide = everything()
      .filter(({ statement }) => statement.Effect === 'Allow')
      .flatMap(({ holder, statement }) =>
        (statement.Resource ?? []).map((it) => `${holder.replace(/[0-9A-F]{8}$/, '')} ${plain(it)}`),
      )
      // X-Ray has no resources: every function may send traces, and this policy allows nothing else.
      .filter((line) => line.includes('*') && !/^Tracing\w* \*$/.test(line));
    expect(wide).toEqual([
      // S3 writes access logs below a prefix per bucket.
      'AccessLogsPolicy <AccessLogs.Arn>/failures/*',
      'AccessLogsPolicy <AccessLogs.Arn>/exports/*',
      'AccessLogsPolicy <AccessLogs.Arn>/anchors/*',
      // Named by organization and size; the lock keeps each unchanged.
      'AuditCheckpointsRoleDefaultPolicy <Anchors.Arn>/*',
      // Named by organization and export.
      'LeavingExportsRoleDefaultPolicy <Exports.Arn>/*',
      // Lambda names the objects of failed records.
      'ChangesAuditWriterRoleDefaultPolicy <Failures.Arn>/aws/lambda/*',
      'ChangesEventPublisherRoleDefaultPolicy <Failures.Arn>/aws/lambda/*',
      // It reads failed records, and moves them once they have been replayed.
      'FailuresRedriveRoleDefaultPolicy <Failures.Arn>/aws/lambda/*',
      'FailuresRedriveRoleDefaultPolicy <Failures.Arn>/replayed/*',
      // Roles in organizations' own accounts, each of which has to trust this one; none of ours.
      'OutgoingSenderRoleDefaultPolicy arn:aws:iam::*:role/mtcms-log-delivery*',
      // The exports of the session’s own organization.
      `TenantRoleDefaultPolicy <Exports.Arn>/\${aws:PrincipalTag/organizationId}/*`,
      // It reads the states of alarms, by their names.
      'RolloutRoleDefaultPolicy *',
      'SiteAccessLogsPolicy <SiteAccessLogs.Arn>/content/*',
      // CloudFront reads, and the deployment writes, every file of the site.
      'SiteContentPolicy <SiteContent.Arn>/*',
      'ContentDeployerRoleDefaultPolicy <SiteContent.Arn>/*',
    ]);
  });

  test('comes from AWS instead of from here', () => {
    for (const part of ['data', 'service', 'web'] as const)
      for (const role of Object.values(local.template(part).findResources('AWS::IAM::Role')))
        expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('lets another account use our roles for a service', () => {
    for (const [name, group] of [
      ['usage', /^SchedulesGroup/],
      ['invitations', /^UpkeepGroup/],
      ['redrive', /^FailuresGroup/],
      ['canary', /^CanaryGroup/],
      ['audit-checkpoints', /^AuditGroup/],
      ['approvals', /^ConsentGroup/],
      ['webhook-sender', /^OutgoingGroup/],
      ['exports', /^LeavingGroup/],
      ['removals', /^LeavingGroup/],
      ['erasures', /^LeavingGroup/],
      ['drift', /^DriftGroup/],
      ['reminders', /^MailGroup/],
    ] as const) {
      const { trust } = roleDescribed(service, `Invokes the ${name} function`);
      expect(trust[0]?.Condition?.StringEquals).toEqual({
        'aws:SourceAccount': { Ref: 'AWS::AccountId' },
        'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(group), 'Arn'] },
      });
    }
  });
});

describe('docs/security.md', () => {
  test('says what each function’s role could do; npm run docs renews it', () => {
    const templates = { service, web: local.template('web') };
    expect(readFileSync('docs/security.md', 'utf8')).toContain(functionPowers(templates));
  });
});
