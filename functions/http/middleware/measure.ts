import type { Request } from '@middy/core';
import type { MeasureRequest } from '../../metrics.ts';
import type { ApiAnswer, ApiRequest, HttpMiddleware } from '../request.ts';
import type { Routed } from '../resource.ts';

type EndTrace = (annotations: Readonly<Record<string, string | number>>, failed: boolean) => Promise<void>;

/** Starts a trace if Lambda has sampled this request; only then is the tracing code loaded. */
async function begin(): Promise<EndTrace | undefined> {
  const { _X_AMZN_TRACE_ID: header, AWS_XRAY_DAEMON_ADDRESS: daemon } = process.env;
  if (daemon === undefined || header?.includes('Sampled=1') !== true) return undefined;
  const { beginTrace, parentOf } = await import('../../aws/trace.ts');
  const parent = parentOf(header);
  return parent === undefined ? undefined : beginTrace(parent, daemon);
}

/**
 * Measures each request once, whatever its outcome; forwarded requests are measured by the other function.
 */
export const measure = (write: MeasureRequest): HttpMiddleware<ApiRequest & Partial<Routed>> => {
  // An execution environment handles one request at a time.
  let end: EndTrace | undefined;
  const tell = async ({
    event,
    response,
  }: Request<ApiRequest & Partial<Routed>, ApiAnswer>): Promise<void> => {
    const { requestId, now, matched, seen } = event;
    const [route, status] = [matched?.name ?? 'none', response?.statusCode ?? 500];
    if (!seen.isForwarded)
      write({ requestId, route, tier: seen.tier, status, milliseconds: Date.now() - now.getTime() });
    await end?.({ requestId, Route: route, Tier: seen.tier, status }, status >= 500);
  };
  return {
    before: async () => {
      end = await begin();
    },
    after: tell,
    onError: tell,
  };
};
