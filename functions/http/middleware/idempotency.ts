import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { rulesFor } from '../../../domain/access/ability.ts';
import { AppError } from '../../../domain/errors.ts';
import type { KeyedRequest } from '../../../domain/idempotency/idempotency.service.ts';
import type { Log } from '../../log.ts';
import { type Exchange, exchangeOf, required } from '../exchange.ts';
import type { HttpMiddleware } from './find-route.ts';

// Loaded for the few requests that carry a key.
const service = () => import('../../../domain/idempotency/idempotency.service.ts');

/**
 * The request as its key names it; undefined for one without a key, or on a route where repeating is harmless
 * anyway.
 */
function keyedRequest(event: APIGatewayProxyEventV2, exchange: Exchange): KeyedRequest | undefined {
  const key = event.headers['idempotency-key'];
  const { method, access } = required(exchange.route, 'route');
  if (key === undefined || method !== 'POST' || access.kind === 'anyone') return undefined;
  const message = 'must be 1 to 64 visible ASCII characters';
  if (!/^[\x21-\x7e]{1,64}$/.test(key))
    throw new AppError('validation_failed', `The header Idempotency-Key ${message}.`, {
      fields: [{ path: 'Idempotency-Key', message }],
    });
  return {
    userId: required(exchange.identity, 'identity').userId,
    route: required(exchange.name, 'name'),
    key,
    input: exchange.input,
    rights: rulesFor(required(exchange.member, 'member')),
    requestId: exchange.requestId,
  };
}

const headerOf = (response: APIGatewayProxyStructuredResultV2 | null | undefined, name: string) => {
  const value = response?.headers?.[name];
  return value === undefined ? undefined : String(value);
};

/**
 * `Idempotency-Key` on POST: the first success is kept for a day and is the answer to each repetition. A
 * refusal or a failure is not kept: nothing was done, and the next attempt may succeed. A kept answer goes
 * the way of every answer, in the handler's place: what is to happen after an answer happens after it too.
 * See docs/decisions on what a crash in between leaves.
 */
export const idempotency = (log: Log): HttpMiddleware => {
  const end = async (event: APIGatewayProxyEventV2, response?: APIGatewayProxyStructuredResultV2 | null) => {
    const { keyed, scope, requestId } = exchangeOf(event);
    if (keyed === undefined) return;
    const { giveUpRequest, keepAnswer } = await service();
    const { statusCode: status, body } = response ?? {};
    const done =
      status === undefined
        ? giveUpRequest(required(scope, 'scope'), keyed)
        : keepAnswer(required(scope, 'scope'), keyed, { status, body, etag: headerOf(response, 'etag') });
    // The request itself is over, and its answer stands: what couldn't be kept ends with the lease.
    await done.catch((error: unknown) =>
      log.warn('an answer was not kept', {
        requestId,
        error: error instanceof Error ? error : String(error),
      }),
    );
  };
  return {
    before: async ({ event }) => {
      const exchange = exchangeOf(event);
      const request = keyedRequest(event, exchange);
      if (request === undefined) return;
      const { beginRequest } = await service();
      const kept = await beginRequest(required(exchange.scope, 'scope'), request, exchange.now);
      if (kept === null) exchange.keyed = request;
      else exchange.kept = kept;
    },
    after: ({ event, response }) => end(event, response),
    onError: ({ event }) => end(event),
  };
};
