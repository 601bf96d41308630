import { join } from 'node:path';
import * as z from 'zod';
import { routes } from '../../../functions/http/routes.ts';
import { superAdminEmail, type TestProduct } from '../../support/product.ts';
import { context, environmentFor, eventFor, freshToken, load, type Run } from '../bundles.ts';
import type { RouteCase, RouteName } from './cases.ts';
import type { Ids } from './places.ts';

interface Caller {
  readonly run: Run;
  readonly userId: string;
  readonly token: () => string;
  stop(): void;
}

const answered = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.unknown()),
  body: z.string().optional(),
});

/** Runs cases through the product's bundles, loaded into this process from `folder`. */
export async function openRoutes(product: TestProduct, folder: string, endpoint: string, places: Ids) {
  Object.assign(process.env, await environmentFor(product), { AWS_ENDPOINT_URL_DYNAMODB: endpoint });
  const caller = async (entry: 'admin' | 'organization', email: string): Promise<Caller> => {
    const { token, stop } = await freshToken(product, email);
    const { body } = await product.api('/api/me', { token: token() });
    return { run: await load(join(folder, entry), 'handler'), userId: body.user.userId, token, stop };
  };
  const callers = {
    admin: await caller('admin', superAdminEmail),
    organization: await caller('organization', 'amara.abara@northwind.example'),
  };
  const callerOf = (route: RouteName) =>
    routes[route].function === 'admin' ? callers.admin : callers.organization;

  async function send({ route, query, body }: RouteCase, n: number, ids: Ids, etag?: string) {
    const { method, path, status } = routes[route];
    const { run, token } = callerOf(route);
    const plain = eventFor(`${method} ${path}`, token());
    const event = {
      ...plain,
      pathParameters: Object.fromEntries(Object.entries(ids).filter(([name]) => path.includes(`{${name}}`))),
      queryStringParameters: query,
      body: body === undefined ? undefined : JSON.stringify(body(n)),
      headers: { ...plain.headers, ...(etag === undefined ? {} : { 'if-match': etag }) },
    };
    const { statusCode, headers, body: text } = answered.parse(await run(event, context));
    if (statusCode !== 412 && statusCode !== status) throw new Error(`${route}: ${statusCode} ${text}`);
    return { isStale: statusCode === 412, etag: String(headers.etag) };
  }

  /**
   * Measures a request against the current state: repeats it if Clerk's webhook has changed the state in
   * between.
   */
  async function attempt<Result>(
    one: RouteCase,
    n: number,
    measured: (work: () => Promise<unknown>) => Promise<Result>,
  ) {
    for (let left = 20; left > 0; left -= 1) {
      const prepared = await one.prepare?.(n);
      const ids = { ...places, ...one.ids, ...prepared?.ids };
      const { revisionOf } = one;
      const etag =
        revisionOf === undefined ? prepared?.etag : (await send({ route: revisionOf }, n, ids)).etag;
      let isStale = false;
      const result = await measured(async () => {
        ({ isStale } = await send(one, n, ids, etag));
      });
      if (!isStale) return result;
    }
    throw new Error(`${one.route} is stale each time`);
  }
  return {
    attempt,
    callerOf,
    close() {
      for (const { stop } of Object.values(callers)) stop();
    },
  };
}
