import type { Request } from '@middy/core';
import type { MeasureRequest } from '../../metrics.ts';
import type { ApiAnswer, ApiRequest, HttpMiddleware } from '../request.ts';
import type { Routed } from '../resource.ts';

/** Measures each request once, however it ended: where another function answered it, there. */
export const measure = (write: MeasureRequest): HttpMiddleware<ApiRequest & Partial<Routed>> => {
  const tell = ({ event, response }: Request<ApiRequest & Partial<Routed>, ApiAnswer>): void => {
    const { requestId, now, matched, seen } = event;
    if (seen.isForwarded) return;
    write({
      requestId,
      route: matched?.name ?? 'none',
      tier: seen.tier,
      status: response?.statusCode ?? 500,
      milliseconds: Date.now() - now.getTime(),
    });
  };
  return { after: tell, onError: tell };
};
