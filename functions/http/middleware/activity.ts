import type { Log } from '../../log.ts';
import type { NoteActivity } from '../activity.ts';
import { exchangeOf } from '../exchange.ts';
import type { HttpMiddleware } from './find-route.ts';

/**
 * Notes activity beside the handler's own work and waits for it before the answer leaves, because an execution environment may
 * stop between requests. A note that fails is logged; it fails no request.
 */
export const activity = (note: NoteActivity, log: Log): HttpMiddleware => {
  const settle: HttpMiddleware['after'] = async ({ event }) => {
    await exchangeOf(event).activity;
  };
  return {
    before: ({ event }) => {
      const exchange = exchangeOf(event);
      exchange.activity = note(exchange).catch((error: unknown) =>
        log.warn('activity was not noted', { requestId: exchange.requestId, error }),
      );
    },
    after: settle,
    onError: settle,
  };
};
