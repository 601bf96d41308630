import { type ErrorCode, errorStatus } from '../../../domain/errors.ts';
import type { Route } from '../route.ts';
import { type JsonSchema, propertiesOf, referenceTo } from './schemas.ts';

const ofAccess: Readonly<Record<Route['access']['kind'], readonly ErrorCode[]>> = {
  anyone: [],
  identity: ['organization_inactive', 'subscription_expired'],
  platform: ['forbidden'],
  organization: ['forbidden', 'organization_inactive', 'subscription_expired', 'not_found'],
};

/** Whether a route accepts an `Idempotency-Key`. */
export const takesKey = ({ method, access }: Route): boolean => method === 'POST' && access.kind !== 'anyone';

/** Whether a route changes a resource with an ETag, and so requires `If-Match`. */
export const wantsState = ({ method }: Route): boolean => ['PUT', 'PATCH', 'DELETE'].includes(method);

/** All error codes of a route: those of the pipeline's steps, derived from the route, and its own. */
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

/** RFC 9457 problem details, as used by every error of the API. */
export const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', const: 'about:blank' },
    title: { type: 'string', description: 'What went wrong and what to do next, written for people.' },
    status: { type: 'integer' },
    code: {
      type: 'string',
      enum: Object.keys(errorStatus),
      description: 'Stable. Use it in your code.',
    },
    reason: {
      type: 'string',
      description:
        'Identifies the sentence in `title`, more specific than `code`. Use it to show your own wording.',
    },
    params: {
      type: 'object',
      additionalProperties: { type: ['string', 'number'] },
      description: 'The values filled into the sentence.',
    },
    requestId: { type: 'string', description: 'Quote it when you contact support.' },
    clerk_error: {
      type: 'object',
      description: 'With `reverification_required`: what Clerk’s own clients react to.',
    },
    errors: {
      type: 'array',
      description: 'The fields that aren’t valid.',
      items: { $ref: referenceTo('FieldError') },
    },
  },
  examples: [
    {
      type: 'about:blank',
      title: 'Some fields are missing or not valid.',
      status: 400,
      code: 'validation_failed',
      requestId,
      errors: [{ path: 'email', message: 'must be an email address' }],
    },
  ],
};

/** Errors that API Gateway produces itself. */
export const gatewayRefusalSchema: JsonSchema = {
  type: 'object',
  required: ['message'],
  properties: { message: { type: 'string' } },
};

export const meanings: Readonly<Record<ErrorCode, string>> = {
  validation_failed: 'The path, query or body doesn’t match the schema. `errors` lists the fields.',
  invalid_cursor: 'The cursor was altered, has expired or belongs to another list.',
  unauthenticated: 'The session token or API key is missing or not valid.',
  entitlement_exceeded: 'The plan’s limit is reached.',
  forbidden: 'The caller’s role, or the scopes of the API key, don’t allow this.',
  approval_required: 'This needs the approval of a second super admin, for exactly this input.',
  reverification_required:
    'The caller has to re-authenticate: Clerk’s `useReverification` handles `clerk_error`.',
  organization_inactive: 'The organization is suspended.',
  subscription_expired: 'The organization’s plan has ended.',
  not_found: 'It doesn’t exist, or the caller doesn’t have access to it.',
  conflict: 'Another request changed this at the same moment, or its current state doesn’t allow this.',
  last_admin: 'The organization would be left without an admin.',
  already_exists: 'A value that must be unique is already in use.',
  stale: 'The ETag in If-Match isn’t the current one. Read the resource again.',
  payload_too_large: 'The body is larger than 64 KB.',
  unsupported_media_type: 'The body isn’t application/json.',
  idempotency_mismatch: 'The Idempotency-Key was used for a different request.',
  precondition_required: 'If-Match is missing.',
  rate_limited:
    'The limit of requests per minute, for the plan or for one person, is reached. Retry-After says when to try again.',
  internal: 'Something went wrong on our end.',
  identity_unavailable: 'The sign-in service isn’t available.',
};

export const problemExamples = Object.fromEntries(
  Object.entries(meanings).map(([code, title]) => {
    const status = Object.entries(errorStatus).find(([known]) => known === code)?.[1];
    return [code, { value: { type: 'about:blank', title, status, code, requestId } }];
  }),
);
