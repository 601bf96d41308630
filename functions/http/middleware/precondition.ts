import { AppError, stale } from '../../../domain/errors.ts';
import { readEntityTags, revisionsOf } from '../entity-tag.ts';
import { exchangeOf, required } from '../exchange.ts';
import type { HttpMiddleware } from './find-route.ts';

const changing = new Set(['PATCH', 'PUT', 'DELETE']);

/** Each state that is named may cost an attempt. */
const mostStates = 10;

const wrong = (message: string) =>
  new AppError('validation_failed', `The header If-Match ${message}.`, {
    fields: [{ path: 'If-Match', message }],
  });

/**
 * Reads which states a change is meant for: `If-Match` with the ETags that reading answered with (RFC 9110).
 * Missing is 428 (RFC 6585), and so is `*`, which names no state and would let anybody's change be lost; tags
 * that are no present state's are 412.
 */
export const precondition = (): HttpMiddleware => ({
  before: ({ event }) => {
    const exchange = exchangeOf(event);
    if (!changing.has(required(exchange.route, 'route').method)) return;
    const tags = readEntityTags(event.headers['if-match'] ?? '*');
    if (tags === '*')
      throw new AppError(
        'precondition_required',
        'Send If-Match with the ETag of what you change, so that nobody else’s change is lost.',
      );
    if (tags === null) throw wrong('must be an ETag as it was answered, with its quotation marks');
    const revisions = revisionsOf(tags);
    if (revisions.length > mostStates) throw wrong(`must name at most ${mostStates} states`);
    if (revisions.length === 0) throw stale();
    exchange.revisions = revisions;
  },
});
