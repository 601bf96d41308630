import { freshMinutes } from '../../../domain/access/step-up.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Log } from '../../log.ts';
import { httpRefusals } from '../http.refusals.ts';
import type { ApiRequest, HttpMiddleware } from '../request.ts';
import type { Routed } from '../resource.ts';

const asAppError = (error: unknown) =>
  error instanceof AppError ? error : new AppError('internal', 'unexpected', { cause: error });

/**
 * How to prove who one is (RFC 9110, 11.6.1): by a bearer token (RFC 6750), or, for who has no session, by a
 * svix signature.
 */
function challenge({ matched, headers }: ApiRequest & Partial<Routed>) {
  if (matched?.route.access.kind === 'anyone') return { 'www-authenticate': 'Svix' };
  const wrong = headers.authorization === undefined ? '' : ', error="invalid_token"';
  return { 'www-authenticate': `Bearer realm="mtcms"${wrong}` };
}

/**
 * What Clerk's own clients react to by asking the person to confirm that it is them. Source: Clerk,
 * reverification.
 */
const reverification = {
  clerk_error: {
    type: 'forbidden',
    reason: 'reverification-error',
    metadata: { reverification: { level: 'second_factor', afterMinutes: freshMinutes } },
  },
};

/**
 * Answers every error as RFC 9457 problem details; what went wrong inside goes to the log and never to the
 * caller.
 */
export const problem = (log: Log): HttpMiddleware<ApiRequest & Partial<Routed>> => ({
  onError: async (request) => {
    const { requestId, matched, seen } = request.event;
    const error = asAppError(request.error);
    if (error.status >= 500)
      await log.error('request failed', {
        requestId,
        route: matched?.name,
        tier: seen.tier,
        error: error.cause instanceof Error ? error.cause : error,
      });
    const { message: title, reason, params } = error.code === 'internal' ? httpRefusals.failed() : error;
    request.response = {
      statusCode: error.status,
      headers: {
        'content-type': 'application/problem+json',
        ...(error.code === 'unauthenticated' ? challenge(request.event) : {}),
        ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
      },
      body: JSON.stringify({
        type: 'about:blank',
        title,
        status: error.status,
        code: error.code,
        ...(reason === undefined ? {} : { reason, params }),
        requestId,
        ...(error.code === 'reverification_required' ? reverification : {}),
        ...(error.fields.length === 0 ? {} : { errors: error.fields }),
      }),
    };
  },
});
