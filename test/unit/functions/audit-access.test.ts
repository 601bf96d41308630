import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { newOrganizationId, type OrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import { problem, settle } from '../../../functions/http/middleware/answers.ts';
import type { ApiAnswer, ApiEvent, ApiRequest } from '../../../functions/http/request.ts';
import { accessAudit } from '../../../functions/http/steps/audit-access.ts';
import { ConcealedRefusal } from '../../../functions/http/steps/authorize.ts';
import { openSession } from '../../../functions/http/steps/open-session.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { aContext, anEvent } from './support/event.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const dynamodb = mockClient(client);
const organizationId = newOrganizationId(new Date());
const userId = UserId.parse('user_1');
const at = '2026-11-24T12:00:00.000Z';
const member = User.parse({
  ...{ userId, organizationId, email: 'ann@example.com', name: 'Ann', role: 'org_admin' },
  ...{ revision: 1, createdAt: at, updatedAt: at },
});
interface Given {
  /** The request's outcome after the membership was read or, for non-members, in place of it. */
  readonly error?: AppError;
  readonly session?: string;
  readonly isMember?: boolean;
  readonly home?: OrganizationId;
  readonly route?: 'listUsers' | 'getUser';
  readonly now?: string;
}

const silent = new Logger({ logLevel: 'SILENT' });
const forbidden = new AppError('forbidden', 'no');
const concealed = new ConcealedRefusal(new AppError('not_found', 'no'));

/** Sends a request through the step that opens its session; returns the status. */
async function send(
  { error, session = 'sess_1', isMember = true, home = organizationId, route = 'listUsers', now = at }: Given,
  audit = accessAudit(silent),
) {
  const scope = { organizationId: home, client, table: 't' };
  const tenancy = {
    memberOf: async () => {
      if (!isMember) throw error ?? forbidden;
      return { user: member, organization: null };
    },
    enter: async () => {
      if (error !== undefined) throw error;
      return { scope, organization: null };
    },
  };
  const { access, ...row } = userRoutes[route];
  const matched = { name: route, route: { ...row, access }, handle: async () => undefined };
  const caller = {
    identity: { userId, sessionId: session, organizationId },
    actor: { by: userId, role: 'team_member', requestId: 'request-1' },
  } as const;
  const handler = middy<ApiEvent, ApiAnswer>()
    .use(problem(silent))
    .use(settle())
    .handler<ApiEvent, ApiAnswer>(async (request: ApiRequest) => {
      const asking = { access, caller, home: scope, admit: async () => undefined, visit: undefined };
      await openSession(tenancy, audit, { ...request, now: new Date(now), matched }, asking);
      return { statusCode: 200 };
    });
  const event = { ...anEvent(), pathParameters: { organizationId, userId: 'ann@example.com' } };
  return (await handler(event, aContext)).statusCode;
}

/** What was written, newest last. */
const items = () =>
  dynamodb
    .commandCalls(TransactWriteCommand)
    .map(({ args: [{ input }] }) => input.TransactItems?.[0]?.Put?.Item ?? {});

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
    expect(await send({ error: concealed })).toBe(404);
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
    const audited = accessAudit(silent);
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
    const audited = accessAudit(silent);
    await send({ error: forbidden }, audited);
    await send({ error: forbidden, route: 'getUser' }, audited);
    await send({ error: concealed }, audited);
    expect(items().filter(({ access }) => access.code)).toHaveLength(3);
    dynamodb.reset();
    const door = accessAudit(silent);
    for (const route of ['listUsers', 'getUser'] as const)
      await send({ error: forbidden, isMember: false, route, home: PLATFORM }, door);
    expect(items()).toHaveLength(1);
  });

  it('is recorded by the next one when it couldn’t be', async () => {
    const audited = accessAudit(silent);
    dynamodb.on(TransactWriteCommand).rejectsOnce(new Error('no table')).resolves({});
    for (let time = 0; time < 3; time += 1)
      await send({ error: forbidden, isMember: false, home: PLATFORM }, audited);
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
    const audited = accessAudit(silent);
    dynamodb.on(TransactWriteCommand).rejectsOnce(new Error('no table')).resolves({});
    for (let time = 0; time < 3; time += 1) expect(await send({}, audited)).toBe(200);
    await send({ session: 'sess_2' }, audited);
    expect(items().map(({ about }) => about)).toEqual(['session/sess_1', 'session/sess_1', 'session/sess_2']);
  });

  it('of nobody’s member is not recorded', async () => {
    expect(await send({ isMember: false })).toBe(403);
    expect(items()).toEqual([]);
  });
});
