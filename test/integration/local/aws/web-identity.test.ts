import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsServices } from '../../../../infra/local/aws/services.ts';
import { type Issuer, startIssuer } from './support/issuer.ts';
import {
  account,
  ownOrganization,
  region,
  role,
  roleArn,
  smallDeployment,
  tenantRole,
} from './support/resources.ts';
import { key, start, TableName } from './support/start.ts';

const claim = 'https://aws.amazon.com/tags';
const tagged = (organizationId: unknown) => ({
  [claim]: { principal_tags: { organizationId: [organizationId] } },
});
const sessionName = 'AROAORGANIZATION';

let issuer: Issuer;
let stranger: Issuer;
let dead: Issuer;
let aws: AwsServices;

/** The account knows these issuers; the tenant role trusts the first. */
async function startAws(): Promise<AwsServices> {
  const arnOf = ({ host }: Issuer) => `arn:aws:iam::${account}:oidc-provider/${host}`;
  const Principal = { Federated: arnOf(issuer) };
  const tags = {
    StringLike: { 'aws:RequestTag/organizationId': 'org_*' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': 'organizationId' },
    Null: { 'aws:RequestTag/organizationId': 'false', 'aws:TagKeys': 'false' },
  };
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity' },
        Condition: {
          ...tags,
          StringEquals: { [`${issuer.host}:aud`]: 'app', 'sts:RoleSessionName': sessionName },
        },
      },
      {
        ...{ Effect: 'Allow', Principal, Action: 'sts:TagSession' },
        Condition: tags,
      },
    ],
  };
  const tenant = { ...tenantRole(ownOrganization), trustPolicy: trust };
  const deployment = smallDeployment({ tenant });
  const identityProviders = [issuer, stranger, dead].map((one) => ({
    ...{ arn: arnOf(one), url: one.url },
    clientIds: ['app', 'other-app'],
  }));
  const roles = [...deployment.roles, role('untrusting', [])];
  return await start({ resources: { ...deployment, roles, identityProviders } });
}

beforeAll(async () => {
  [issuer, stranger, dead] = await Promise.all([startIssuer(), startIssuer(), startIssuer()]);
  aws = await startAws();
});
afterAll(async () => {
  await aws.stop();
  await Promise.all([issuer, stranger, dead].map((one) => one.stop()));
});

/** A request that anyone could send: no credentials, only the token. */
async function exchange(token: string, changed: Partial<AssumeRoleWithWebIdentityCommandInput> = {}) {
  const sts = new STSClient({ region, endpoint: aws.endpoint, maxAttempts: 1 });
  const input = { RoleArn: roleArn('tenant'), RoleSessionName: sessionName, WebIdentityToken: token };
  return await sts.send(new AssumeRoleWithWebIdentityCommand({ ...input, ...changed }));
}

async function clientFor(token: string) {
  const { Credentials } = await exchange(token);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  return { region, endpoint: aws.endpoint, credentials };
}

const refusedAs = (name: string, message = '') => ({ name, message: expect.stringContaining(message) });

describe('AssumeRoleWithWebIdentity', () => {
  it('gives the organization of a token’s signed claim, and no other', async () => {
    const config = await clientFor(await issuer.token(tagged('org_A')));
    const table = new DynamoDBClient(config);
    const get = (pk: string) => table.send(new GetItemCommand({ TableName, Key: key(pk) }));
    await expect(get('org_A#x')).resolves.toBeDefined();
    await expect(get('org_B#x')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(new STSClient(config).send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Arn: `arn:aws:sts::${account}:assumed-role/tenant/${sessionName}`,
    });
  });

  it('says who the token is of, whose it is and who it is for', async () => {
    await expect(exchange(await issuer.token(tagged('org_A')))).resolves.toMatchObject({
      SubjectFromWebIdentityToken: 'user_1',
      Provider: `arn:aws:iam::${account}:oidc-provider/${issuer.host}`,
      Audience: 'app',
      Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/) },
    });
  });

  it('takes the claim in its flattened form too, and a token up to five minutes after its time', async () => {
    const now = Math.floor(Date.now() / 1000);
    const flat = { [`${claim}/principal_tags/organizationId`]: 'org_A' };
    await expect(exchange(await issuer.token({ ...flat, exp: now - 240 }))).resolves.toBeDefined();
  });

  it('takes azp for the audience where a token has one', async () => {
    const both = { ...tagged('org_A'), aud: 'app', azp: 'elsewhere' };
    await expect(exchange(await issuer.token(both))).rejects.toMatchObject(
      refusedAs('InvalidIdentityTokenException', 'Incorrect token audience'),
    );
    const { azp: _, ...none } = { ...tagged('org_A'), azp: undefined };
    await expect(exchange(await issuer.token({ ...none, azp: undefined }))).resolves.toMatchObject({
      Audience: 'app',
    });
  });

  it.each([
    ['has expired', { exp: 1_700_000_000 }, 'ExpiredTokenException', 'Token expired'],
    ['is not valid yet', { nbf: 9_999_999_999 }, 'InvalidIdentityTokenException', 'nbf'],
    [
      'is of an issuer that the account does not know',
      { iss: 'https://clerk.example.com' },
      'InvalidIdentityTokenException',
      'No OpenIDConnect provider found',
    ],
    [
      'is for an application that the provider does not know',
      { azp: 'unknown' },
      'InvalidIdentityTokenException',
      'Incorrect token audience',
    ],
    [
      'names no audience',
      { aud: undefined },
      'InvalidIdentityTokenException',
      'Missing a required claim: aud',
    ],
    ['names nobody', { sub: undefined }, 'InvalidIdentityTokenException', 'Missing a required claim: sub'],
    [
      'has two organizations',
      { [claim]: { principal_tags: { organizationId: ['org_A', 'org_B'] } } },
      'InvalidIdentityTokenException',
      'form',
    ],
    ['has null for an organization', tagged(null), 'InvalidIdentityTokenException', 'form'],
    ['has a wildcard for one', tagged('org_*'), 'InvalidIdentityTokenException', 'form'],
    ['has its tags in a text', { [claim]: 'org_A' }, 'InvalidIdentityTokenException', 'form'],
    [
      'has the tag twice',
      { ...tagged('org_A'), [`${claim}/principal_tags/ORGANIZATIONID`]: 'org_B' },
      'InvalidParameterValue',
      'case insensitive',
    ],
  ])('refuses a token that %s', async (_, changed, name, message) => {
    const token = await issuer.token({ ...tagged('org_A'), ...changed });
    await expect(exchange(token)).rejects.toMatchObject(refusedAs(name, message));
  });

  it.each([
    ['for another application of the provider', { azp: 'other-app' }],
    ['without the tag', { [claim]: undefined }],
    ['with another tag', { [claim]: { principal_tags: { team: ['org_A'] } } }],
    ['with a second tag', { [claim]: { principal_tags: { organizationId: ['org_A'], team: ['x'] } } }],
    ['for the platform', tagged('platform')],
    ['for what is no organization', tagged('team_A')],
  ])('finds a token %s not trusted by the role', async (_, changed) => {
    const token = await issuer.token({ ...tagged('org_A'), ...changed });
    await expect(exchange(token)).rejects.toMatchObject(
      refusedAs('AccessDenied', 'Not authorized to perform'),
    );
  });

  it('trusts no token of another of the account’s issuers', async () => {
    await expect(exchange(await stranger.token(tagged('org_A')))).rejects.toMatchObject(
      refusedAs('AccessDenied'),
    );
  });

  it.each([
    ['who does not know the session’s name', { RoleSessionName: 'mine' }],
    ['who wants a role that does not trust the issuer', { RoleArn: roleArn('untrusting') }],
    ['who wants a role that does not exist', { RoleArn: roleArn('nobody') }],
  ])('gives nothing to the holder of a token %s', async (_, changed) => {
    await expect(exchange(await issuer.token(tagged('org_A')), changed)).rejects.toMatchObject(
      refusedAs('AccessDenied'),
    );
  });

  it('refuses what the issuer’s keys have not signed', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const forged = issuer.token(tagged('org_A'), { key: privateKey });
    await expect(exchange(await forged)).rejects.toMatchObject(
      refusedAs('InvalidIdentityTokenException', 'signature'),
    );
    const unknown = issuer.token(tagged('org_A'), { key: privateKey, header: { kid: 'k2' } });
    await expect(exchange(await unknown)).rejects.toMatchObject(
      refusedAs('InvalidIdentityTokenException', "Couldn't retrieve verification key"),
    );
    const symmetric = await new SignJWT({
      iss: issuer.url,
      sub: 'user_1',
      aud: 'app',
      iat: 1,
      exp: 9_999_999_999,
    })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(new TextEncoder().encode('a secret of thirty-two characters'));
    await expect(exchange(symmetric)).rejects.toMatchObject(refusedAs('InvalidIdentityTokenException'));
    await expect(exchange('no token')).rejects.toMatchObject(
      refusedAs('InvalidIdentityTokenException', 'not a valid JWT'),
    );
  });

  it('says when the issuer can’t be asked, and when it has no keys', async () => {
    const token = await dead.token(tagged('org_A'));
    dead.describeAs('broken');
    await expect(exchange(token)).rejects.toMatchObject({ name: 'IDPCommunicationErrorException' });
    dead.describeAs({ issuer: 'https://other.example.com', jwks_uri: `${dead.url}/keys` });
    await expect(exchange(token)).rejects.toMatchObject(
      refusedAs('InvalidIdentityTokenException', "Couldn't retrieve verification key"),
    );
    await dead.stop();
    await expect(exchange(token)).rejects.toMatchObject({ name: 'IDPCommunicationErrorException' });
    dead = await startIssuer();
  });

  it.each([
    ['shorter than 15 minutes', { DurationSeconds: 899 }, 'DurationSeconds'],
    ['longer than the role’s sessions last', { DurationSeconds: 3601 }, 'MaxSessionDuration'],
    ['with a token of 20,001 characters', { WebIdentityToken: 'x'.repeat(20_001) }, 'WebIdentityToken'],
    ['narrowed by a policy, which is not implemented', { Policy: '{}' }, 'does not take Policy'],
  ])('is refused %s', async (_, changed, reason) => {
    await expect(exchange(await issuer.token(tagged('org_A')), changed)).rejects.toThrow(reason);
  });

  it('is all that STS does for who has no credentials', async () => {
    const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
    const answer = await fetch(aws.endpoint, {
      method: 'POST',
      body: body.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await answer.text()).toContain('MissingAuthenticationToken');
  });
});
