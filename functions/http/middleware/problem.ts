import { AppError } from '../../../domain/errors.ts';
import type { Log } from '../../log.ts';
import { exchangeOf } from '../exchange.ts';
import type { HttpMiddleware } from './find-route.ts';

const asAppError = (error: unknown) =>
  error instanceof AppError ? error : new AppError('internal', 'unexpected', { cause: error });

/** Answers every error as RFC 9457 problem details; what went wrong inside goes to the log and never to the caller. */
export const problem = (log: Log): HttpMiddleware => ({
  onError: async (request) => {
    const { requestId, name } = exchangeOf(request.event);
    const error = asAppError(request.error);
    if (error.status >= 500)
      await log.error('request failed', {
        requestId,
        route: name,
        error: error.cause instanceof Error ? error.cause : error,
      });
    request.response = {
      statusCode: error.status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'x-request-id': requestId,
        ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
      },
      body: JSON.stringify({
        type: 'about:blank',
        title: error.code === 'internal' ? 'Something went wrong on our side. Try again.' : error.message,
        status: error.status,
        code: error.code,
        requestId,
        ...(error.fields.length === 0 ? {} : { errors: error.fields }),
      }),
    };
  },
});
