import { createHash } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { AppError } from '../../domain/errors.ts';
import { RateLimiter } from '../../domain/rate-limit/rate-limit.service.ts';
import type { Log } from '../log.ts';
import type { NoteActivity } from './activity.ts';
import { etagOf } from './entity-tag.ts';
import { type Exchange, exchangeOf, required } from './exchange.ts';
import { FileAnswer } from './file-answer.ts';
import type { VerifyToken } from './identity.ts';
import { activity } from './middleware/activity.ts';
import { auditAccess } from './middleware/audit-access.ts';
import { authenticate } from './middleware/authenticate.ts';
import { authorize, type Tenancy } from './middleware/authorize.ts';
import { countRequest, type ShareOf } from './middleware/count-request.ts';
import { findRoute } from './middleware/find-route.ts';
import { idempotency } from './middleware/idempotency.ts';
import { permitBody } from './middleware/permit-body.ts';
import { precondition } from './middleware/precondition.ts';
import { problem } from './middleware/problem.ts';
import { selectRepresentation } from './middleware/select-representation.ts';
import { validate } from './middleware/validate.ts';
import type { Nouns } from './noun.ts';

interface Parts {
  readonly log: Log;
  readonly verify: VerifyToken;
  readonly share: ShareOf;
  readonly tenancy: Tenancy;
  readonly nouns: Nouns;
  /** How a function notes who uses the product; without it nobody is noted. */
  readonly note?: NoteActivity;
}

const noNote: NoteActivity = async () => undefined;

/**
 * Every request's way: which route, who are you, which organization and may you, is the input sound; then one
 * handler.
 */
export const pipeline = ({ log, verify, share, tenancy, nouns, note = noNote }: Parts) => {
  const limiter = new RateLimiter();
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(selectRepresentation())
    .use(problem(log))
    .use(findRoute(nouns))
    .use(authenticate(verify))
    .use(countRequest(limiter, share))
    .use(authorize(tenancy))
    .use(activity(note, log))
    .use(auditAccess(log, share))
    .use(precondition())
    .use(validate())
    .use(permitBody())
    .use(idempotency(log))
    .handler(answer);
};

async function answer(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const exchange = exchangeOf(event);
  const headers = { 'cache-control': 'no-store', 'x-request-id': exchange.requestId };
  if (exchange.kept !== undefined) {
    const { status: statusCode, body, etag } = exchange.kept;
    const replayed = { ...headers, 'idempotency-replayed': 'true', ...(etag === undefined ? {} : { etag }) };
    if (body === undefined) return { statusCode, headers: replayed };
    return { statusCode, headers: { ...replayed, 'content-type': 'application/json' }, body };
  }
  const result = await inTurn(exchange, () => required(exchange.answer, 'handler')(exchange, event));
  const { access, status: statusCode, cacheSeconds } = required(exchange.route, 'route');
  if (access.kind === 'organization' && access.decides === 'handler') required(exchange.decided, 'decision');
  if (result === undefined) return { statusCode, headers };
  const file =
    result instanceof FileAnswer
      ? result
      : new FileAnswer(JSON.stringify(result), { ...etagFor(result), 'content-type': 'application/json' });
  const caching = cacheSeconds === undefined ? {} : cacheable(file.text, cacheSeconds);
  return { statusCode, headers: { ...headers, ...caching, ...file.headers }, body: file.text };
}

/** By which caches keep an answer, and ask whether it is still the same. */
const cacheable = (text: string, seconds: number) => ({
  'cache-control': `public, max-age=${seconds}`,
  etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`,
});

/**
 * Makes a change for each state that `If-Match` names, until one of them is the present state; that is all
 * but always one.
 */
async function inTurn(exchange: Exchange, run: () => Promise<unknown>): Promise<unknown> {
  const [first, ...others] = exchange.revisions ?? [];
  if (first !== undefined) exchange.revision = first;
  try {
    return await run();
  } catch (error) {
    if (others.length === 0 || !(error instanceof AppError && error.code === 'stale')) throw error;
    exchange.revisions = others;
    return await inTurn(exchange, run);
  }
}

const etagFor = (result: unknown) =>
  typeof result === 'object' && result !== null && 'revision' in result && typeof result.revision === 'number'
    ? { etag: etagOf(result.revision) }
    : {};
