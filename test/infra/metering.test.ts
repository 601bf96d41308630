import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { permissionsOf, plain, roleDescribed } from './iam.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

const Targets = z.array(z.looseObject({ DeadLetterConfig: z.object({ Arn: z.unknown() }) }));

describe('a stage that is metered', () => {
  let local: BuiltStage;
  let service: Template;
  beforeAll(() => {
    local = buildStage('local');
    service = local.template('service');
  });
  afterAll(() => local.discard());

  test('sends metering events, and no others, as they are in the event', () => {
    const [rule, ...others] = resourcesOf(service, 'AWS::Events::Rule').filter(({ Properties }) =>
      JSON.stringify(Properties.Targets).includes('MeteringDestination'),
    );
    expect(others).toEqual([]);
    expect(rule?.Properties.EventPattern).toEqual({
      source: ['mtcms'],
      'detail-type': ['mtcms.usage.metered.v1'],
    });
    expect(rule?.Properties.Targets).toMatchObject([
      {
        InputPath: '$.detail',
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    ]);
    const [target] = Targets.parse(rule?.Properties.Targets);
    expect(plain(target?.DeadLetterConfig.Arn)).toBe('<MeteringUndelivered.Arn>');
  });

  test('has its credentials looked up at deployment, and not in the template', () => {
    const [connection] = resourcesOf(service, 'AWS::Events::Connection');
    expect(connection?.Properties.AuthParameters).toMatchObject({
      ApiKeyAuthParameters: {
        ApiKeyName: 'Authorization',
        ApiKeyValue: '{{resolve:secretsmanager:mtcms/local/metering:SecretString:authorization::}}',
      },
    });
  });

  test('may send to the billing system, and nothing else', () => {
    const { roleId } = roleDescribed(service, 'Sends metering events');
    expect(permissionsOf(service, roleId)).toEqual([
      expect.stringMatching(/^Allow events:InvokeApiDestination on <MeteringDestination\w*\.ArnForPolicy>$/),
    ]);
  });
});

test('a stage without an address for metering has no rule, no destination and no connection', () => {
  const prod = buildStage('prod');
  try {
    const service = prod.template('service');
    for (const type of ['ApiDestination', 'Connection'])
      expect(service.findResources(`AWS::Events::${type}`)).toEqual({});
    for (const { Properties } of resourcesOf(service, 'AWS::Events::Rule'))
      expect(JSON.stringify(Properties.EventPattern ?? {})).not.toContain('metered');
  } finally {
    prod.discard();
  }
});
