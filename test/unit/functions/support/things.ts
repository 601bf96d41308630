import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { AppError, stale } from '../../../../domain/errors.ts';
import { newOrganizationId, PLATFORM, UserId } from '../../../../domain/ids.ts';
import { Organization } from '../../../../domain/organization/profile.schema.ts';
import type { SupportStage } from '../../../../domain/support-access/support-access.schema.ts';
import { User } from '../../../../domain/user/profile.schema.ts';
import { pipeline } from '../../../../functions/http/pipeline.ts';
import { resource } from '../../../../functions/http/resource.ts';
import type { Route } from '../../../../functions/http/route.ts';
import type { NoteActivity } from '../../../../functions/http/steps/note-activity.ts';
import type { MeasuredRequest } from '../../../../functions/metrics.ts';
import { aContext, anEvent } from './event.ts';

const organizationId = newOrganizationId(new Date());
const at = '2026-11-24T12:00:00.000Z';
export const scope = {
  organizationId,
  client: DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' })),
  table: 'table',
};
const organization = Organization.parse({
  ...{ id: organizationId, name: 'Northwind', contactPerson: { name: 'Ann', email: 'ann@example.com' } },
  ...{ status: 'active', subscription: { plan: 'growth', startDate: '2026-01-01' } },
  ...{ revision: 1, createdAt: at, updatedAt: at },
});
const userId = UserId.parse('user_1');

const common = { function: 'organization', summary: 'Things', status: 200 } as const;
const path = '/api/organizations/{organizationId}/things';
const rows = {
  readThing: {
    ...{ ...common, method: 'GET', path },
    access: { kind: 'organization', action: 'list', subject: 'Team' },
    query: z.strictObject({}),
    response: z.object({ revision: z.int() }),
  },
  addThing: {
    ...{ ...common, method: 'POST', path },
    access: { kind: 'organization', action: 'create', subject: 'Team' },
    body: z.looseObject({}),
    response: z.unknown(),
  },
  changeThing: {
    ...{ ...common, method: 'PATCH', path },
    access: { kind: 'organization', action: 'update', subject: 'Team' },
    response: z.object({ revision: z.int() }),
  },
  closeThing: {
    ...{ ...common, method: 'DELETE', path },
    access: { kind: 'organization', action: 'delete', subject: 'ApiKey' },
    response: z.object({ revision: z.int() }),
  },
  askedThing: {
    ...{ ...common, method: 'GET', path: `${path}/asked` },
    access: { kind: 'organization', action: 'read', subject: 'Team', decides: 'handler' },
    response: z.object({ name: z.string() }),
  },
  unaskedThing: {
    ...{ ...common, method: 'GET', path: `${path}/unasked` },
    access: { kind: 'organization', action: 'read', subject: 'Team', decides: 'handler' },
    response: z.object({ name: z.string() }),
  },
  publicThing: {
    ...{ ...common, method: 'POST', path: '/api/things' },
    access: { kind: 'anyone' },
  },
} as const satisfies Record<string, Route>;

/** A thing has revision 4. */
const present = 4;

const things = resource(rows, {
  readThing: async () => ({ revision: present }),
  addThing: async ({ body }) => body,
  changeThing: async ({ revision }) => {
    if (revision !== present) throw stale();
    return { revision: present + 1 };
  },
  closeThing: async ({ revision }) => ({ revision }),
  askedThing: async ({ assertCan }) => {
    assertCan({});
    return { name: 'A thing' };
  },
  unaskedThing: async () => ({ name: 'A secret' }),
  publicThing: async () => {
    throw new AppError('unauthenticated', 'The webhook’s signature isn’t valid.');
  },
});

interface Caller {
  readonly supportStage?: SupportStage | undefined;
  readonly noteActivity?: NoteActivity;
  /** The caller's item in the table. */
  readonly member?: Partial<User>;
  /** Their organization's item. */
  readonly profile?: Partial<Organization>;
  readonly measure?: (request: MeasuredRequest) => void;
}

const silent = { warn: () => undefined, error: () => undefined };

/** The whole pipeline in front of an organization's things, with its admin as the caller. */
export function thingsApi({
  noteActivity,
  measure = () => undefined,
  member = {},
  profile = {},
  ...caller
}: Caller = {}) {
  const { supportStage } = { supportStage: 'open' as const, ...caller };
  const user = User.parse({
    ...{ userId, organizationId, email: 'ann@example.com', name: 'Ann', role: 'org_admin' },
    ...{ revision: 1, createdAt: at, updatedAt: at, ...member },
  });
  const handler = pipeline({
    measure,
    log: silent,
    verify: async (token) => {
      if (token === 'a.b.c') return { userId, sessionId: 'sess_1', organizationId };
      throw new AppError('unauthenticated', 'The token isn’t valid.');
    },
    rateLimitScope: () => undefined,
    tenancy: {
      memberOf: async () => ({ user, organization: null }),
      enter: async () => ({ scope, organization: { ...organization, ...profile } }),
    },
    ...(supportStage === undefined ? {} : { supportStage }),
    resources: { things: async () => things },
    ...(noteActivity === undefined ? {} : { noteActivity }),
  });
  /** Sends a request as the caller, with parts of its event changed. */
  return async (routeKey: string, changed: Partial<APIGatewayProxyEventV2> = {}) => {
    const { requestContext, ...event } = anEvent();
    const [method = ''] = routeKey.split(' ');
    const answer = await handler(
      {
        ...event,
        requestContext: { ...requestContext, http: { ...requestContext.http, method } },
        routeKey,
        pathParameters: { organizationId },
        ...changed,
        headers: { authorization: 'Bearer a.b.c', 'content-type': 'application/json', ...changed.headers },
      },
      aContext,
    );
    return { ...answer, problem: () => JSON.parse(answer.body ?? 'null') };
  };
}

export const thingsPath = path;
export const superAdmin = { role: 'super_admin', organizationId: PLATFORM } as const;
