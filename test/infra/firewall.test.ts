import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

let prod: BuiltStage;
let edge: Template;
beforeAll(() => {
  prod = buildStage('prod');
  edge = prod.template('edge');
});
afterAll(() => prod.discard());

const Rule = z.looseObject({ Name: z.string(), Statement: z.record(z.string(), z.unknown()) });
const acl = () => resourcesOf(edge, 'AWS::WAFv2::WebACL')[0]?.Properties;
const rules = () => z.array(Rule).parse(acl()?.Rules);

describe('the firewall', () => {
  test('is in us-east-1 for CloudFront, wherever the stage is, and before the distribution', () => {
    expect(prod.stack('edge').region).toBe('us-east-1');
    expect(acl()).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    const [distribution] = resourcesOf(prod.template('web'), 'AWS::CloudFront::Distribution');
    expect(distribution?.Properties.DistributionConfig).toMatchObject({
      WebACLId: {
        'Fn::GetStackOutput': { StackName: 'mtcms-prod-edge', OutputName: 'WebAclArn', Region: 'us-east-1' },
      },
    });
    expect(prod.stack('web').dependencies).toContain(prod.stack('edge'));
  });

  test('refuses an address that asks the API without a token more than a public route takes', () => {
    const [withoutToken] = rules();
    expect(withoutToken).toMatchObject({
      Action: { Block: {} },
      Statement: {
        RateBasedStatement: {
          AggregateKeyType: 'IP',
          EvaluationWindowSec: 60,
          Limit: 1200,
          ScopeDownStatement: {
            AndStatement: {
              Statements: [
                { ByteMatchStatement: { SearchString: '/api/', PositionalConstraint: 'STARTS_WITH' } },
                {
                  NotStatement: {
                    Statement: {
                      ByteMatchStatement: {
                        SearchString: 'bearer ',
                        FieldToMatch: { SingleHeader: { Name: 'authorization' } },
                      },
                    },
                  },
                },
              ],
            },
          },
        },
      },
    });
  });

  test('lets one address ask twice what the largest plan allows, and no more', () => {
    expect(rules()[1]).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 12_000 } },
    });
    expect(rules()[1]?.Statement.RateBasedStatement).not.toHaveProperty('ScopeDownStatement');
  });

  test('has AWS’s rules against known attacks, of which those that judge what people write only count', () => {
    const groups = rules().slice(2);
    expect(groups.map(({ Name }) => Name)).toEqual([
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
    for (const group of groups) expect(group.OverrideAction).toEqual({ None: {} });
    const Group = z.object({
      ManagedRuleGroupStatement: z.object({
        RuleActionOverrides: z.array(
          z.object({ Name: z.string(), ActionToUse: z.strictObject({ Count: z.strictObject({}) }) }),
        ),
      }),
    });
    const [common] = groups.map(({ Statement }) => Group.parse(Statement).ManagedRuleGroupStatement);
    expect(common?.RuleActionOverrides.map(({ Name }) => Name)).toContain('CrossSiteScripting_BODY');
  });

  test('keeps no sample of a request, and logs only what it blocks, with nothing that names a person', () => {
    for (const { VisibilityConfig } of [...rules(), acl() ?? {}])
      expect(VisibilityConfig).toMatchObject({
        CloudWatchMetricsEnabled: true,
        SampledRequestsEnabled: false,
      });
    const [logging] = resourcesOf(edge, 'AWS::WAFv2::LoggingConfiguration');
    expect(logging?.Properties).toMatchObject({
      LoggingFilter: { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP' }] },
      RedactedFields: expect.arrayContaining([{ UriPath: {} }, { QueryString: {} }]),
    });
    const [logs] = resourcesOf(edge, 'AWS::Logs::LogGroup');
    expect(logs?.Properties).toMatchObject({ LogGroupName: 'aws-waf-logs-mtcms-prod', RetentionInDays: 30 });
    expect(JSON.stringify(logs?.Properties.DataProtectionPolicy)).toContain('IpAddress');
  });
});
