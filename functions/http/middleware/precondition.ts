import { AppError, stale } from '../../../domain/errors.ts';
import { exchangeOf, required } from '../exchange.ts';
import type { HttpMiddleware } from './find-route.ts';

const changing = new Set(['PATCH', 'PUT', 'DELETE']);

/**
 * Reads which state a change is meant for: `If-Match` with the ETag that reading answered with. Missing is 428 (RFC 6585),
 * anything that is no ETag of ours is 412 (RFC 9110).
 */
export const precondition = (): HttpMiddleware => ({
  before: ({ event }) => {
    const exchange = exchangeOf(event);
    if (!changing.has(required(exchange.route, 'route').method)) return;
    const header = event.headers['if-match'];
    if (header === undefined)
      throw new AppError(
        'precondition_required',
        'Send If-Match with the ETag of what you change, so that nobody else’s change is lost.',
      );
    const [, revision] = /^"(\d{1,15})"$/.exec(header.trim()) ?? [];
    if (revision === undefined) throw stale();
    exchange.revision = Number(revision);
  },
});
