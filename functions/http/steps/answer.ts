import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { AppError } from '../../../domain/errors.ts';
import { fieldError } from '../../../domain/field-errors.ts';
import type { beginRequest, KeyedRequest } from '../../../domain/idempotency/idempotent-request.ts';
import type { Log } from '../../log.ts';
import { etagOf } from '../entity-tag.ts';
import { FileAnswer } from '../file-answer.ts';
import type { ApiAnswer, ApiRequest } from '../request.ts';
import type { Input, Routed } from '../resource.ts';
import type { Route } from '../route.ts';
import type { Session } from './open-session.ts';
import { wrongHeader } from './read-input.ts';

/**
 * Tries a change at each revision named by `If-Match`, almost always one, until one is current. A route
 * that changes nothing runs once, without a revision.
 */
export async function inTurn<Result>(
  [first, ...others]: readonly number[],
  run: (revision: number | undefined) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(first);
  } catch (error) {
    if (others.length === 0 || !(error instanceof AppError && error.code === 'stale')) throw error;
    return await inTurn(others, run);
  }
}

/** The response for a handler's result: JSON with the resource's ETag, a file, or no body. */
export function answerOf({ status: statusCode, cacheSeconds }: Route, result: unknown): ApiAnswer {
  if (result === undefined) return { statusCode };
  const file =
    result instanceof FileAnswer
      ? result
      : new FileAnswer(JSON.stringify(result), { ...etagFor(result), 'content-type': 'application/json' });
  const caching = cacheSeconds === undefined ? {} : cacheable(file.text, cacheSeconds);
  return { statusCode, headers: { ...caching, ...file.headers }, body: file.text };
}

/** Headers that let caches store and revalidate the response. */
const cacheable = (text: string, seconds: number) => ({
  'cache-control': `public, max-age=${seconds}`,
  etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`,
});

const etagFor = (result: unknown) =>
  typeof result === 'object' && result !== null && 'revision' in result && typeof result.revision === 'number'
    ? { etag: etagOf(result.revision) }
    : {};

// Loaded only for requests with a key.
const service = () => import('../../../domain/idempotency/idempotent-request.ts');

/**
 * The request as identified by its key; undefined without a key, or on a route where repetition is
 * harmless.
 */
function keyedRequest(
  { headers, requestId, matched: { name, route } }: ApiRequest & Routed,
  { ability, ctx }: Session,
  input: Input,
): KeyedRequest | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || route.method !== 'POST') return undefined;
  if (!/^[\x21-\x7e]{1,64}$/.test(key))
    throw wrongHeader(fieldError('Idempotency-Key', 'not_an_idempotency_key'));
  return { userId: ctx.actor.by, route: name, key, input, rights: ability.rules, requestId };
}

/** The body to be stored, without a secret that is only shown once. */
function withoutSecret(body: string | undefined, field: string | undefined): string | undefined {
  if (field === undefined || body === undefined) return body;
  const { [field]: _, ...kept } = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  return JSON.stringify(kept);
}

const headerOf = ({ headers }: ApiAnswer, name: string) => {
  const value = headers?.[name];
  return value === undefined ? undefined : String(value);
};

/**
 * `Idempotency-Key` on POST: the first success is stored for a day and replayed for each repetition.
 * Refusals and failures aren't stored: nothing was done, and the next attempt may succeed. See
 * docs/decisions for crashes in between.
 */
export async function answerOnce(
  request: ApiRequest & Routed,
  session: Session,
  input: Input,
  log: Log,
  answer: () => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const keyed = keyedRequest(request, session, input);
  if (keyed === undefined) return await answer();
  const { scope, now } = session.ctx;
  const { beginRequest: begin, giveUpRequest, keepAnswer } = await service();
  const kept = await begin(scope, keyed, now);
  if (kept !== null) return replay(kept);
  request.settlements.push(async ({ answer: done }) => {
    const ended =
      done?.statusCode === undefined
        ? giveUpRequest(scope, keyed)
        : keepAnswer(scope, keyed, {
            status: done.statusCode,
            body: withoutSecret(done.body, request.matched.route.shownOnce),
            etag: headerOf(done, 'etag'),
          });
    // The request is complete and its response stands; the lease releases what couldn't be stored.
    await ended.catch((error: unknown) =>
      log.warn('an answer was not kept', {
        requestId: request.requestId,
        error: error instanceof Error ? error : String(error),
      }),
    );
  });
  return await answer();
}

type KeptAnswer = NonNullable<Awaited<ReturnType<typeof beginRequest>>>;

function replay({ status: statusCode, body, etag }: KeptAnswer): ApiAnswer {
  const headers = { 'idempotency-replayed': 'true', ...(etag === undefined ? {} : { etag }) };
  return body === undefined
    ? { statusCode, headers }
    : { statusCode, headers: { ...headers, 'content-type': 'application/json' }, body };
}
