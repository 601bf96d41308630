import type { Request } from '@middy/core';
import { freshMinutes } from '../../../domain/access/step-up.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Log } from '../../log.ts';
import type { MeasureRequest } from '../../metrics.ts';
import { isHeld } from '../entity-tag.ts';
import { httpRefusals } from '../http.refusals.ts';
import type { ApiAnswer, ApiRequest, HttpMiddleware, Outcome } from '../request.ts';
import type { Routed } from '../resource.ts';

type EndTrace = (annotations: Readonly<Record<string, string | number>>, failed: boolean) => Promise<void>;

/** Starts a trace if Lambda has sampled this request; only then is the tracing code loaded. */
async function begin(): Promise<EndTrace | undefined> {
  const { _X_AMZN_TRACE_ID: header, AWS_XRAY_DAEMON_ADDRESS: daemon } = process.env;
  if (daemon === undefined || header?.includes('Sampled=1') !== true) return undefined;
  const { beginTrace, parentOf } = await import('../../aws/trace.ts');
  const parent = parentOf(header);
  return parent === undefined ? undefined : beginTrace(parent, daemon);
}

/**
 * Measures each request once, whatever its outcome; forwarded requests are measured by the other function.
 */
export const measure = (write: MeasureRequest): HttpMiddleware<ApiRequest & Partial<Routed>> => {
  // An execution environment handles one request at a time.
  let end: EndTrace | undefined;
  const tell = async ({
    event,
    response,
  }: Request<ApiRequest & Partial<Routed>, ApiAnswer>): Promise<void> => {
    const { requestId, now, matched, seen } = event;
    const [route, status] = [matched?.name ?? 'none', response?.statusCode ?? 500];
    if (!seen.isForwarded)
      write({ requestId, route, tier: seen.tier, status, milliseconds: Date.now() - now.getTime() });
    await end?.({ requestId, Route: route, Tier: seen.tier, status }, status >= 500);
  };
  return {
    before: async () => {
      end = await begin();
    },
    after: tell,
    onError: tell,
  };
};

/** Runs the registered settlements once each, latest first. */
async function settleAll({ settlements }: ApiRequest, outcome: Outcome): Promise<void> {
  for (let owed = settlements.pop(); owed !== undefined; owed = settlements.pop()) await owed(outcome);
}

/**
 * Starts a request and ensures that everything its steps have registered runs before the response is sent,
 * since an execution environment may be frozen between requests. Runs after success, replay and error
 * alike.
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

/** How to authenticate (RFC 9110, 11.6.1): a bearer token (RFC 6750), or a Svix signature for webhooks. */
function challenge({ matched, headers }: ApiRequest & Partial<Routed>) {
  if (matched?.route.access.kind === 'anyone') return { 'www-authenticate': 'Svix' };
  const wrong = headers.authorization === undefined ? '' : ', error="invalid_token"';
  return { 'www-authenticate': `Bearer realm="mtcms"${wrong}` };
}

/** The hint that makes Clerk's clients ask for reverification. Source: Clerk, reverification. */
const reverification = {
  clerk_error: {
    type: 'forbidden',
    reason: 'reverification-error',
    metadata: { reverification: { level: 'second_factor', afterMinutes: freshMinutes } },
  },
};

/** Responds to every error with RFC 9457 problem details. Internal causes are logged, never sent. */
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
 * Finishes a response (RFC 9110): request id and cache headers, 304 if the client has the current ETag, and
 * no body for HEAD.
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
 * A resource's ETag is sent back in `If-Match`, where weak tags never match (RFC 9110, 8.8.3.2).
 * Intermediaries must not compress such a response, since that would weaken the tag.
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
