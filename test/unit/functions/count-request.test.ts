import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { UserId } from '../../../domain/ids.ts';
import { RateLimiter } from '../../../domain/rate-limit/rate-limit.service.ts';
import { exchangeOf } from '../../../functions/http/exchange.ts';
import { countRequest } from '../../../functions/http/middleware/count-request.ts';
import { aContext, anEvent } from './support/event.ts';

const counting = () => countRequest(new RateLimiter(), () => undefined);

/** A request of somebody, as far as counting goes; answers the code of its refusal. */
async function ask(middleware: ReturnType<typeof counting>, userId: string, admitted: boolean) {
  const answer = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use({
      before: ({ event }) => {
        exchangeOf(event).identity = { userId: UserId.parse(userId), sessionId: 's' };
      },
    })
    .use(middleware)
    .handler(async (event) => {
      exchangeOf(event).admitted = admitted;
      return { statusCode: 200 };
    });
  try {
    await answer(anEvent(), aContext);
    return 'answered';
  } catch (error) {
    expect(error).toMatchObject({ code: 'rate_limited' });
    return 'refused';
  }
}

describe('whoever is no member', () => {
  it('is refused after sixty requests of a minute, and nobody else is', async () => {
    const middleware = counting();
    const answers: string[] = [];
    for (let request = 0; request < 130; request += 1) answers.push(await ask(middleware, 'user_out', false));
    // A minute may end on the way: then each has had some.
    expect(answers.slice(0, 60)).not.toContain('refused');
    expect(answers).toContain('refused');
    expect(await ask(middleware, 'user_in', true)).toBe('answered');
  });

  it('is somebody else than a member, who may ask on', async () => {
    const middleware = counting();
    for (let request = 0; request < 130; request += 1)
      expect(await ask(middleware, 'user_in', true)).toBe('answered');
  });
});
