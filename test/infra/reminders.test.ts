import { afterAll, describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../infra/stage.ts';
import { plain, roleDescribed, statementsOf } from './iam.ts';
import { buildStage, resourcesOf } from './synthesized.ts';

const stage = buildStage('prod');
const service = stage.template('service');
afterAll(() => stage.discard());

describe('a stage that sends reminders', () => {
  test('sends from its own address alone, by a configuration set that wants TLS', () => {
    const { roleId } = roleDescribed(service, 'Sends reminders');
    const [sending] = statementsOf(service, roleId).filter(({ Action }) => Action.includes('ses:SendEmail'));
    expect(sending).toMatchObject({
      Effect: 'Allow',
      Condition: { StringEquals: { 'ses:FromAddress': 'reminders@example.com' } },
    });
    const [identity] = resourcesOf(service, 'AWS::SES::EmailIdentity');
    expect(identity?.Properties.EmailIdentity).toBe('example.com');
    const [set] = resourcesOf(service, 'AWS::SES::ConfigurationSet');
    expect(set?.Properties).toMatchObject({ DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
  });

  test('hears of bounces and complaints of its own mail', () => {
    const [told] = resourcesOf(service, 'AWS::SES::ConfigurationSetEventDestination');
    expect(told?.Properties.EventDestination).toMatchObject({
      Enabled: true,
      MatchingEventTypes: ['bounce', 'complaint'],
    });
    const rules = resourcesOf(service, 'AWS::Events::Rule').map(({ Properties }) => Properties);
    const [rule] = rules.filter(({ EventPattern }) => JSON.stringify(EventPattern).includes('aws.ses'));
    expect(rule).toMatchObject({
      EventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [{ Ref: expect.stringMatching(/^Mail/) }] } } },
      },
      Targets: [{ DeadLetterConfig: { Arn: expect.anything() } }],
    });
    expect(rule).not.toHaveProperty('EventBusName');
    expect(JSON.stringify(rule?.Targets)).toContain('MailRemindersFunction');
    expect(plain(told?.Properties.ConfigurationSetName)).toBe('<Mail>');
  });

  test('is told of support access in an emergency and of paused webhooks by the stage’s own bus', () => {
    const rules = resourcesOf(service, 'AWS::Events::Rule').map(({ Properties }) => Properties);
    const [rule] = rules.filter(({ EventPattern }) => JSON.stringify(EventPattern).includes('emergency'));
    expect(rule?.EventPattern).toEqual({
      source: ['mtcms'],
      'detail-type': ['support-access.emergency-opened', 'webhook.paused'],
    });
    expect(JSON.stringify(rule?.EventBusName)).toContain('Bus');
    expect(rule?.Targets).toMatchObject([{ DeadLetterConfig: { Arn: expect.anything() } }]);
    expect(JSON.stringify(rule?.Targets)).toContain('MailRemindersFunction');
  });

  test('says which records its domain needs', () => {
    const outputs = Object.keys(service.findOutputs('*')).filter((name) => name.includes('MailRecord'));
    expect(outputs).toHaveLength(3);
  });
});

test('a stage without an address for reminders has nothing of them, and tells its functions so', () => {
  const without = buildStage('prod', { mailFrom: undefined });
  const template = without.template('service');
  for (const type of ['EmailIdentity', 'ConfigurationSet', 'ConfigurationSetEventDestination'])
    template.resourceCountIs(`AWS::SES::${type}`, 0);
  const all = JSON.stringify([template.toJSON(), without.template('data').toJSON()]);
  expect(all).not.toMatch(/MailSecret|schedules\/reminders|MailBounces/);
  expect(all).toContain('"SENDS_MAIL":"false"');
  without.discard();
});

test.each([
  'reminders',
  'Name reminders@example.com',
  'a@b',
  'Name <a@example.com> more',
  'x\r\ny <a@b.example>',
])('an address that mail can’t be from stops the synthesis: %j', (mailFrom) => {
  expect(() => buildStage('prod', { mailFrom })).toThrow(ConfigurationError);
});
