import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { assertAccount, ConfigurationError, readStage } from '../../infra/stage.ts';
import { deployGuideExample } from './deploy-guide.ts';

const guide = deployGuideExample('stage', z.object({ prod: z.record(z.string(), z.unknown()) })).prod;
const dynamodb = 'arn:aws:dynamodb:eu-central-1:111122223333';
const read = (changes: Record<string, unknown>) =>
  readStage({ stage: 'prod', stages: { prod: { ...guide, ...changes } } });

describe('stage settings', () => {
  test('are those of the deploy guide, with defaults for the rest', () => {
    expect(read({})).toMatchObject({
      name: 'prod',
      origin: 'https://app.example.com',
      clerkApiUrl: 'https://api.clerk.com',
      logLevel: 'INFO',
      disposable: false,
    });
  });

  test('need a stage that exists, and the message names those that do', () => {
    const stages = { local: {}, prod: guide };
    expect(() => readStage({ stage: 'porduction', stages })).toThrow(
      'Stage "porduction" is not in cdk.json, context "stages". Known stages: local, prod',
    );
    expect(() => readStage({ stage: undefined, stages })).toThrow(ConfigurationError);
    expect(() => readStage({ stage: 'toString', stages })).toThrow(ConfigurationError);
  });

  test('must be there at all', () => {
    expect(() => readStage({ stage: 'prod', stages: undefined })).toThrow('context "stages"');
    expect(() => readStage({ stage: 'Prod', stages: { Prod: guide } })).toThrow('lower case');
  });

  test.each([
    ['origin', { origin: 'app.example.com' }, 'origin: must be a URL'],
    ['origin', { origin: 'https://app.example.com/' }, 'origin: must not end with a slash'],
    ['origin', { origin: 'https://app.example.com/start' }, 'origin: must be an origin'],
    [
      'origin',
      { origin: 'https://www.example.com' },
      "origin: must be https://app.example.com, the stage's domain",
    ],
    [
      'clerkIssuer',
      { clerkIssuer: 'https://clerk.elsewhere.com' },
      'clerkIssuer: must be https://clerk.example.com',
    ],
    ['clerkPublishableKey', { clerkPublishableKey: undefined }, 'clerkPublishableKey: is needed'],
    [
      'clerkPublishableKey',
      { clerkPublishableKey: 'sk_live_secret' },
      'clerkPublishableKey: must be the pk_test_',
    ],
    ['clerkPublishableKey', { clerkPublishableKey: 'pk_live_Y2xlcms' }, 'clerkPublishableKey: holds no host'],
    ['clerkSecretName', { clerkSecretName: undefined }, 'clerkSecretName:'],
    ['clerkSecretName', { clerkSecretName: 'mtcms/*' }, 'clerkSecretName: must be the name of a secret'],
    ['alarmEmail', { alarmEmail: 'operations' }, 'alarmEmail: must be an email address'],
    [
      'domain.certificateArn',
      {
        domain: {
          name: 'app.example.com',
          certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
        },
      },
      'domain.certificateArn: must be an ACM certificate in us-east-1',
    ],
    ['account', { account: undefined }, 'account: is needed: the stage has real data'],
    ['account', { account: '1111' }, 'account: must be the 12 digits'],
    ['region', { region: undefined }, 'region: is needed'],
    ['region', { region: 'Frankfurt' }, 'region: must be an AWS region'],
    ['alarmEmail', { alarmEmail: undefined }, 'alarmEmail: is needed'],
    [
      'table',
      { table: { name: 'a table', streamArn: '' } },
      'table.name: must be the name of a DynamoDB table',
    ],
    [
      'table',
      { table: { name: 'restored', streamArn: `${dynamodb}:table/mtcms-prod-data-Table/stream/2026` } },
      'table.streamArn: must be the stream of that table',
    ],
    [
      'table',
      {
        table: {
          name: 'restored',
          streamArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/restored/stream/2026',
        },
      },
      'table.streamArn: must be the stream of that table, arn:aws:dynamodb:eu-central-1:111122223333:table/restored/stream/<time>',
    ],
    [
      'backupCopy',
      { backupCopy: { region: 'eu-central-1' } },
      'backupCopy: must be in another region or account than the stage',
    ],
    [
      'github',
      { github: { repository: 'aligno@123456/mtcms', environment: 'production' } },
      'github.repository: must be owner/name, or owner@id/name@id',
    ],
    ['an unknown setting', { orgin: 'https://app.example.com' }, 'orgin'],
  ])('refuse a wrong value of %s and say what it must be', (_, changes, message) => {
    expect(() => read(changes)).toThrow(message);
  });

  test('of a stage without real data need no place and nobody to mail to', () => {
    const nowhere = { account: undefined, region: undefined, alarmEmail: undefined, backupCopy: undefined };
    expect(read({ ...nowhere, disposable: true })).toMatchObject({ disposable: true });
  });

  test('refuse credentials of another account before anything is deployed', () => {
    expect(() => assertAccount(read({}), '222233334444')).toThrow(
      'Stage "prod" belongs to account 111122223333, and these credentials are for 222233334444. Nothing was deployed.',
    );
    for (const same of ['111122223333', undefined, '']) assertAccount(read({}), same);
  });

  test('name every problem at once', () => {
    expect(() => read({ alarmEmail: 'x', clerkSecretName: '' })).toThrow(
      /Stage "prod" in cdk\.json is not usable:\n {2}clerkSecretName: .*\n {2}alarmEmail: /,
    );
  });
});
