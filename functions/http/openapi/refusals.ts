import { type ErrorCode, errorStatus } from '../../../domain/errors.ts';
import type { Route } from '../route.ts';
import { propertiesOf } from './schemas.ts';

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
