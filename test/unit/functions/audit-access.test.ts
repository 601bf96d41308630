import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { newOrganizationId, type OrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import { exchangeOf } from '../../../functions/http/exchange.ts';
import { auditAccess } from '../../../functions/http/middleware/audit-access.ts';
import { problem } from '../../../functions/http/middleware/problem.ts';
import { userRoutes } from '../../../functions/http/routes/users.routes.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const dynamodb = mockClient(client);
const organizationId = newOrganizationId(new Date());
const userId = UserId.parse('user_1');
const at = '2026-11-24T12:00:00.000Z';
const member = User.parse({
  ...{ userId, organizationId, email: 'ann@example.com', name: 'Ann', role: 'team_member' },
  ...{ revision: 1, createdAt: at, updatedAt: at },
});
const nothing = () => undefined;
const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'organization',
  functionVersion: '1',
  invokedFunctionArn: '',
  memoryLimitInMB: '1024',
  awsRequestId: 'request-1',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 10_000,
  done: nothing,
  fail: nothing,
  succeed: nothing,
};

const eventOf = (pathParameters: Record<string, string>): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'GET /api/organizations/{organizationId}/users',
  rawPath: '/',
  rawQueryString: '',
  headers: {},
  pathParameters,
  requestContext: {
    accountId: '1',
    apiId: 'api',
    domainName: 'localhost',
    domainPrefix: 'api',
    http: { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    requestId: 'request-1',
    routeKey: '',
    stage: '$default',
    time: at,
    timeEpoch: 0,
  },
  isBase64Encoded: false,
});

interface Given {
  readonly error?: AppError;
  readonly session?: string;
  readonly concealed?: boolean;
  readonly isMember?: boolean;
  readonly home?: OrganizationId;
  readonly route?: 'listUsers' | 'getUser';
  readonly now?: string;
}

const middleware = (home: OrganizationId = organizationId) =>
  auditAccess(new Logger({ logLevel: 'SILENT' }), () => ({ organizationId: home, client, table: 't' }));

/**
 * Sends a request whose authorization has come as far as given, through the middleware; answers the status.
 */
async function send(
  { error, session = 'sess_1', concealed = false, isMember = true, home, route = 'listUsers', now }: Given,
  audited = middleware(home),
) {
  const event = eventOf({ organizationId, userId: 'ann@example.com' });
  Object.assign(exchangeOf(event), {
    name: route,
    route: userRoutes[route],
    ...(now === undefined ? {} : { now: new Date(now) }),
    actor: { by: userId, role: 'team_member', requestId: 'request-1' },
    identity: { userId, sessionId: session, organizationId },
    ...(isMember ? { member } : {}),
    ...(concealed ? { concealed } : {}),
  });
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problem(new Logger({ logLevel: 'SILENT' })))
    .use(audited)
    .handler(async () => {
      if (error !== undefined) throw error;
      return { statusCode: 200 };
    });
  return (await handler(event, context)).statusCode;
}

/** What was written, newest last. */
const items = () =>
  dynamodb
    .commandCalls(TransactWriteCommand)
    .map(({ args: [{ input }] }) => input.TransactItems?.[0]?.Put?.Item ?? {});
const forbidden = new AppError('forbidden', 'no');

beforeEach(() => dynamodb.reset());

describe('a refusal', () => {
  it('is recorded in the caller’s organization, with ids of the path and none of its other text', async () => {
    expect(await send({ error: forbidden })).toBe(403);
    expect(items().at(-1)).toMatchObject({
      pk: `${organizationId}#access#refused`,
      about: 'route/listUsers',
      access: { asked: 'list User', code: 'forbidden', path: { organizationId, userId: 'not an id' } },
      changed: { by: userId, action: 'access.refused' },
    });
  });

  it('that conceals is one too, what doesn’t exist and what is wrong is none', async () => {
    expect(await send({ error: new AppError('not_found', 'no'), concealed: true })).toBe(404);
    expect(items().at(-1)).toMatchObject({ access: { code: 'not_found' } });
    dynamodb.reset();
    for (const error of [new AppError('not_found', 'no'), new AppError('validation_failed', 'no')])
      await send({ error });
    expect(items().map(({ changed }) => changed.action)).toEqual(['session.started', 'session.started']);
  });

  it('of an outsider is recorded by the platform, and by no organization', async () => {
    expect(await send({ error: forbidden, isMember: false })).toBe(403);
    expect(items()).toEqual([]);
    expect(await send({ error: forbidden, isMember: false, home: PLATFORM })).toBe(403);
    expect(items()).toMatchObject([
      { pk: 'platform#access#refused', access: { organizationId }, changed: { role: 'outsider' } },
    ]);
  });

  it('that comes again and again leaves a line at the first, the tenth and the hundredth time of an hour', async () => {
    const audited = middleware();
    const loop = async (now: string, times: number) => {
      for (let time = 0; time < times; time += 1) await send({ error: forbidden, now }, audited);
    };
    await loop('2026-11-24T12:00:00.000Z', 60);
    await loop('2026-11-24T12:59:00.000Z', 60);
    const lines = () =>
      items().flatMap(({ sk, access }) => (access.code ? [[sk.split('#').at(-1), access.times]] : []));
    expect(lines()).toEqual([
      ['1', undefined],
      ['10', 10],
      ['100', 100],
    ]);
    await send({ error: forbidden, now: '2026-11-24T13:00:00.000Z' }, audited);
    expect(lines()).toHaveLength(4);
  });

  it('is another on another route, or with another answer; an outsider’s are all one', async () => {
    const audited = middleware();
    await send({ error: forbidden }, audited);
    await send({ error: forbidden, route: 'getUser' }, audited);
    await send({ error: new AppError('not_found', 'no'), concealed: true }, audited);
    expect(items().filter(({ access }) => access.code)).toHaveLength(3);
    dynamodb.reset();
    const door = middleware(PLATFORM);
    for (const route of ['listUsers', 'getUser'] as const)
      await send({ error: forbidden, isMember: false, route }, door);
    expect(items()).toHaveLength(1);
  });

  it('is recorded by the next one when it couldn’t be', async () => {
    const audited = middleware(PLATFORM);
    dynamodb.on(TransactWriteCommand).rejectsOnce(new Error('no table')).resolves({});
    for (let time = 0; time < 3; time += 1) await send({ error: forbidden, isMember: false }, audited);
    expect(items()).toHaveLength(2);
  });

  it('stays one when it can’t be recorded, or not in time', async () => {
    dynamodb.on(TransactWriteCommand).rejects(new Error('no table'));
    expect(await send({ error: forbidden })).toBe(403);
    dynamodb.on(TransactWriteCommand).callsFake(() => new Promise(() => undefined));
    expect(await send({ error: forbidden })).toBe(403);
  });
});

describe('a session', () => {
  it('is recorded with its first request only, and again when that failed', async () => {
    const audited = middleware();
    dynamodb.on(TransactWriteCommand).rejectsOnce(new Error('no table')).resolves({});
    for (let time = 0; time < 3; time += 1) expect(await send({}, audited)).toBe(200);
    await send({ session: 'sess_2' }, audited);
    expect(items().map(({ about }) => about)).toEqual(['session/sess_1', 'session/sess_1', 'session/sess_2']);
  });

  it('of nobody’s member is not recorded', async () => {
    expect(await send({ isMember: false })).toBe(200);
    expect(items()).toEqual([]);
  });
});
