import * as z from 'zod/mini';
import { fieldError } from '../../../domain/field-errors.ts';
import type { beginRequest, KeyedRequest } from '../../../domain/idempotency/idempotent-request.ts';
import type { Log } from '../../log.ts';
import type { ApiAnswer, ApiRequest } from '../request.ts';
import type { Input, Routed } from '../resource.ts';
import type { Session } from './open-session.ts';
import { wrongHeader } from './read-input.ts';

// Loaded for the few requests that carry a key.
const service = () => import('../../../domain/idempotency/idempotent-request.ts');

/**
 * The request as its key names it; undefined for one without a key, or on a route where repeating is harmless
 * anyway.
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

/** The body as it is kept: a secret that is shown once is nowhere afterwards. */
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
 * `Idempotency-Key` on POST: the first success is kept for a day and is the answer to each repetition. A
 * refusal or a failure is not kept: nothing was done, and the next attempt may succeed.
 * See docs/decisions on what a crash in between leaves.
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
    // The request itself is over, and its answer stands: what couldn't be kept ends with the lease.
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
