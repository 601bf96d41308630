import type { Request } from '@middy/core';
import type { ApiRequest, HttpMiddleware, Outcome } from '../request.ts';

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
