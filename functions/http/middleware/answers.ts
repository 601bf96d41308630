import type { Request } from '@middy/core';
import { freshMinutes } from '../../../domain/access/step-up.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Log } from '../../log.ts';
import { isHeld } from '../entity-tag.ts';
import { httpRefusals } from '../http.refusals.ts';
import type { ApiAnswer, ApiRequest, HttpMiddleware, Outcome } from '../request.ts';
import type { Routed } from '../resource.ts';

/** Runs what the steps owe, the latest first, and each of it once. */
async function settleAll({ settlements }: ApiRequest, outcome: Outcome): Promise<void> {
  for (let owed = settlements.pop(); owed !== undefined; owed = settlements.pop()) await owed(outcome);
}

/**
 * Begins a request, and sees to it that what its steps owe happens before the answer leaves, because an
 * execution environment may stop between requests: after an answer, a repeated one too, and after an error.
 */
export const settle = (): HttpMiddleware => ({
  before: (request: Request<ApiRequest>) => {
    const { requestId } = request.event.requestContext;
    request.event = {
      ...request.event,
      requestId,
      now: new Date(),
      settlements: [],
      seen: { tier: 'none', isForwarded: false },
    };
  },
  after: ({ event, response }) => settleAll(event, { answer: response ?? {} }),
  onError: ({ event, error }) => settleAll(event, { error }),
});

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

const isReading = ({ routeKey }: ApiRequest) => /^(GET|HEAD) /.test(routeKey);

/**
 * What of an answer is sent (RFC 9110): the request's id and how long it may be kept with each, nothing again
 * to who has it by its ETag, and no body to HEAD.
 */
export const represent = (): HttpMiddleware => {
  const send = (request: Request<ApiRequest, ApiAnswer>): void => {
    const { event, response } = request;
    if (!response) return;
    const headers = {
      'cache-control': keptByNobody(response),
      'x-request-id': event.requestId,
      ...response.headers,
    };
    request.response = isReading(event)
      ? selected(event, { ...response, headers })
      : { ...response, headers };
  };
  return { after: send, onError: send };
};

/**
 * The ETag of a state is sent back in `If-Match`, where a weak one is none (RFC 9110, 8.8.3.2): nobody may
 * compress such an answer on its way, since that weakens it.
 */
const keptByNobody = ({ headers = {} }: ApiAnswer) =>
  headers.etag === undefined ? 'no-store' : 'no-store, no-transform';

function selected({ headers: asked, routeKey }: ApiRequest, answer: ApiAnswer): ApiAnswer {
  const { body: _, ...head } = answer;
  const { etag, 'content-type': __, ...headers } = head.headers ?? {};
  if (answer.statusCode === 200 && etag !== undefined && isHeld(asked['if-none-match'] ?? '', String(etag)))
    return { ...head, statusCode: 304, headers: { ...headers, etag } };
  return routeKey.startsWith('HEAD ') ? head : answer;
}
