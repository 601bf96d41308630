import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { startEndpoint } from '../../../../../infra/local/aws/http/endpoint.ts';
import { createAuthorizer } from '../../../../../infra/local/aws/iam/authorizer.ts';
import { createSessions } from '../../../../../infra/local/aws/iam/sessions.ts';
import { sts } from '../../../../../infra/local/aws/sts/sts.ts';

const account = '111122223333';
const role = {
  arn: `arn:aws:iam::${account}:role/some/path/reader`,
  id: 'AROAREADER',
  trustPolicy: { Version: '2012-10-17', Statement: [] },
  policies: [],
  tags: { team: 'core', stage: 'local' },
  maxSessionDuration: 3600,
};

describe('a session', () => {
  it('is named as AWS names it, and its tags go over those of its role', () => {
    const session = createSessions().issue({ role, sessionName: 'now', tags: { team: 'other' } });
    expect(session.arn).toBe(`arn:aws:sts::${account}:assumed-role/reader/now`);
    expect(session.tags).toEqual({ team: 'other', stage: 'local' });
  });

  it('ends when its time is over: first expired, an hour later unknown', () => {
    let now = 0;
    const sessions = createSessions(() => now);
    const session = sessions.issue({ role, sessionName: 'now', seconds: 900 });
    now = 899_999;
    expect(sessions.find(session)).toBe(session);
    now = 900_000;
    expect(() => sessions.find(session)).toThrow('The security token included in the request is expired');
    now = 900_000 + 3_600_001;
    sessions.issue({ role, sessionName: 'later' });
    expect(() => sessions.find(session)).toThrow('The security token included in the request is invalid');
  });

  it('that has expired is refused by the services', async () => {
    let now = 0;
    const sessions = createSessions(() => now);
    const authorize = createAuthorizer(account);
    const services = {
      sts: sts({ account, authorize, sessions, identityProviders: [], findRole: () => undefined }),
    };
    const endpoint = await startEndpoint(services, sessions);
    try {
      const credentials = sessions.issue({ role, sessionName: 'now', seconds: 900 });
      const client = new STSClient({
        region: 'eu-central-1',
        endpoint: endpoint.url,
        credentials: {
          accessKeyId: credentials.accessKeyId,
          secretAccessKey: credentials.secretAccessKey,
          sessionToken: credentials.sessionToken,
        },
      });
      await expect(client.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
        Account: account,
      });
      now = 900_000;
      await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
        name: 'ExpiredToken',
      });
    } finally {
      await endpoint.stop();
    }
  });

  it('is not given to a role whose conditions the local run cannot judge', () => {
    const condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    const document = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: condition },
    };
    const demanding = { ...role, policies: [{ name: 'default', document }] };
    expect(() => createSessions().issue({ role: demanding, sessionName: 'now' })).toThrow(
      `The role ${role.arn} has a condition on aws:SourceIp`,
    );
  });
});
