import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allStatements, permissionsOf, roleDescribed } from './iam.ts';
import { type BuiltStage, buildStage } from './synthesized.ts';

describe('the roles of the pipeline', () => {
  let prod: BuiltStage;
  let template: Template;
  beforeAll(() => {
    prod = buildStage('prod', { github: { repository: 'aligno/mtcms', environment: 'production' } });
    template = prod.template('pipeline');
  });
  afterAll(() => prod.discard());

  test.each([
    ['Deploys', 'repo:aligno/mtcms:environment:production'],
    ['Reads the templates', 'repo:aligno/mtcms:pull_request'],
  ])('are taken by a token of GitHub for one purpose only: %s', (description, subject) => {
    const { trust } = roleDescribed(template, description);
    expect(trust).toHaveLength(1);
    expect(trust[0]).toMatchObject({
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': subject,
        },
      },
    });
  });

  test('are taken by a repository that GitHub names with its numbers, as it does all younger ones', () => {
    const numbered = { repository: 'aligno@123456/mtcms@456789', environment: 'production' };
    const young = buildStage('prod', { github: numbered });
    expect(
      JSON.stringify(young.template('pipeline').toJSON())
        .match(/"repo:[^"]*"/g)
        ?.toSorted(),
    ).toEqual([
      '"repo:aligno@123456/mtcms@456789:environment:production"',
      '"repo:aligno@123456/mtcms@456789:pull_request"',
    ]);
    young.discard();
  });

  test('let a deployment use the bootstrap’s roles where the stage is, and nothing else', () => {
    const [line = '', ...more] = permissionsOf(template, roleDescribed(template, 'Deploys').roleId);
    expect(more).toEqual([]);
    const places = [...line.matchAll(/role\/cdk-hnb659fds-[a-z-]+-role-(\d{12}-[a-z0-9-]+)/g)];
    expect([...new Set(places.map(([, place]) => place))]).toEqual([
      '111122223333-eu-central-1',
      '111122223333-us-east-1',
      '444455556666-eu-west-1',
    ]);
    expect(line).not.toContain('*');
  });

  test('let a pull request read this stage’s templates, and take no other role', () => {
    expect(permissionsOf(template, roleDescribed(template, 'Reads').roleId)).toEqual([
      'Allow cloudformation:DescribeStacks cloudformation:GetTemplate on arn:aws:cloudformation:*:111122223333:stack/mtcms-prod-*',
    ]);
    expect(allStatements(template).length).toBe(4);
  });
});
