import { type ErrorCode, errorStatus } from '../../../domain/errors.ts';
import type { Route } from '../route.ts';
import { type JsonSchema, propertiesOf, referenceTo } from './schemas.ts';

const ofAccess: Readonly<Record<Route['access']['kind'], readonly ErrorCode[]>> = {
  anyone: [],
  identity: ['organization_inactive', 'subscription_expired'],
  platform: ['forbidden'],
  organization: ['forbidden', 'organization_inactive', 'subscription_expired', 'not_found'],
};

/** Whether a route takes an `Idempotency-Key`. */
export const takesKey = ({ method, access }: Route): boolean => method === 'POST' && access.kind !== 'anyone';

/** Whether a route changes a resource that has an ETag, and so wants `If-Match`. */
export const wantsState = ({ method }: Route): boolean => ['PUT', 'PATCH', 'DELETE'].includes(method);

/**
 * Every code that a route may answer with: what the steps of the pipeline refuse by what the row says, and
 * what it says itself.
 */
export function refusalsOf(route: Route): readonly ErrorCode[] {
  const { access, method, params, query, body, refuses = [] } = route;
  const codes = new Set<ErrorCode>([...refuses, ...ofAccess[access.kind], 'internal']);
  const add = (when: boolean, ...more: readonly ErrorCode[]) => {
    if (when) for (const code of more) codes.add(code);
  };
  add(access.kind !== 'anyone', 'unauthenticated', 'identity_unavailable', 'rate_limited');
  add(params !== undefined, 'not_found');
  add(
    [params, query, body].some((part) => part !== undefined),
    'validation_failed',
  );
  add(query !== undefined && 'cursor' in propertiesOf(query), 'invalid_cursor');
  add(body !== undefined, 'payload_too_large', 'unsupported_media_type');
  add(wantsState(route), 'precondition_required', 'stale');
  add(method !== 'GET' && access.kind !== 'anyone', 'conflict');
  add(takesKey(route), 'validation_failed', 'idempotency_mismatch');
  return [...codes].toSorted((one, other) => errorStatus[one] - errorStatus[other]);
}

const requestId = '0f5f3c1e-6c0d-4d59-9f3a-0d2f3f0b9a11';

/** RFC 9457 problem details as every refusal of the API has them. */
export const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', const: 'about:blank' },
    title: { type: 'string', description: 'What went wrong and what to do next, for a person.' },
    status: { type: 'integer' },
    code: {
      type: 'string',
      enum: Object.keys(errorStatus),
      description: 'Stable: switch on it.',
    },
    reason: {
      type: 'string',
      description: 'Names the sentence of `title`, finer than the code: say it in your own words by it.',
    },
    params: {
      type: 'object',
      additionalProperties: { type: ['string', 'number'] },
      description: 'What stands in the places of the sentence.',
    },
    requestId: { type: 'string', description: 'Name it when you ask for help.' },
    errors: {
      type: 'array',
      description: 'The wrong fields.',
      items: { $ref: referenceTo('FieldError') },
    },
  },
  examples: [
    {
      type: 'about:blank',
      title: 'Some of what was sent is not right.',
      status: 400,
      code: 'validation_failed',
      requestId,
      errors: [{ path: 'email', message: 'must be an e-mail address' }],
    },
  ],
};

/** What API Gateway answers by itself. */
export const gatewayRefusalSchema: JsonSchema = {
  type: 'object',
  required: ['message'],
  properties: { message: { type: 'string' } },
};

/** When each code is answered, in words. */
export const meanings: Readonly<Record<ErrorCode, string>> = {
  validation_failed: 'Path, query or body is not what the schema says; `errors` names the fields.',
  invalid_cursor: 'The cursor was altered, has expired, or belongs to another list.',
  unauthenticated: 'There is no session token, or it is not good.',
  entitlement_exceeded: 'The plan allows no more of this.',
  forbidden: 'The role may not do this.',
  organization_inactive: 'The organization is suspended.',
  subscription_expired: "The organization's plan has ended.",
  not_found: 'There is no such thing here, or the caller may not see it.',
  conflict:
    'Somebody else changed this at the same moment, or it is no longer in a state for this. Try again.',
  last_admin: 'The organization would have no admin.',
  already_exists: 'What must be unique is taken.',
  stale: 'The ETag in If-Match is not that of the present state: read again.',
  payload_too_large: 'The body is larger than 64 KB.',
  unsupported_media_type: 'The body is not application/json.',
  idempotency_mismatch: 'The Idempotency-Key was used for another request.',
  precondition_required: 'If-Match is missing.',
  rate_limited:
    'More requests in this minute than the plan, or one person, may make; Retry-After says when to come again.',
  internal: 'Something went wrong on our side; nothing about it is told.',
  identity_unavailable: "The sign-in service can't be reached.",
};

/** An example of each code. */
export const problemExamples = Object.fromEntries(
  Object.entries(meanings).map(([code, title]) => {
    const status = Object.entries(errorStatus).find(([known]) => known === code)?.[1];
    return [code, { value: { type: 'about:blank', title, status, code, requestId } }];
  }),
);
