import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { transact } from '../../../domain/table/write.ts';
import { routes } from '../../../functions/http/routes/routes.ts';
import { bundleFunction } from '../../../infra/bundle.ts';
import { directoryWritesOf } from '../../support/numbered-organizations.ts';
import { startTestProduct, superAdminEmail, type TestProduct } from '../../support/product.ts';
import { context, environmentFor, eventFor, freshToken, load, type Run } from '../bundles.ts';
import { median } from '../median.ts';
import { placesIn, type RouteCase, reads, writes } from './cases.ts';
import { afterMembership, roundTrips, startMeteredEngine } from './metered-engine.ts';

const sizes = [10, 1000, 10_000] as const;
const most = 2;

/** One route at one size of the directory; round trips and capacity units after authentication and membership. */
interface Figures {
  readonly trips: number;
  readonly units: number;
  readonly p50: number;
}

interface Caller {
  readonly run: Run;
  readonly userId: string;
  readonly token: () => string;
}

const answered = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.unknown()),
  body: z.string().optional(),
});

const nameOf = ({ route, query }: RouteCase) => {
  const { method, path } = routes[route];
  const view = new URLSearchParams(query);
  for (const plain of ['limit', 'from', 'to']) view.delete(plain);
  return `${method} ${path.replace('/api/', '/')}${view.size === 0 ? '' : `?${view}`}`;
};

/** Runs cases through the product's bundles, in this process. */
async function openRoutes(product: TestProduct, folder: string, endpoint: string) {
  Object.assign(process.env, await environmentFor(product), { AWS_ENDPOINT_URL_DYNAMODB: endpoint });
  const { ids, params } = await placesIn(product);
  const caller = async (entry: 'admin' | 'organization', email: string): Promise<Caller> => {
    const token = await freshToken(product, email);
    const { body } = await product.api('/api/me', { token: token() });
    return { run: await load(join(folder, entry), 'handler'), userId: body.user.userId, token };
  };
  const callers = {
    admin: await caller('admin', superAdminEmail),
    organization: await caller('organization', 'amara.abara@northwind.example'),
  };
  const callerOf = (route: RouteCase['route']) =>
    routes[route].function === 'admin' ? callers.admin : callers.organization;

  async function send({ route, query, body, user = 'member' }: RouteCase, n: number, etag?: string) {
    const { method, path, status } = routes[route];
    const { run, token } = callerOf(route);
    const plain = eventFor(`${method} ${path}`, token());
    const event = {
      ...plain,
      pathParameters: Object.fromEntries(
        Object.entries({ ...params, userId: ids[user] }).filter(([name]) => path.includes(`{${name}}`)),
      ),
      queryStringParameters: query,
      body: body === undefined ? undefined : JSON.stringify(body(n)),
      headers: { ...plain.headers, ...(etag === undefined ? {} : { 'if-match': etag }) },
    };
    const { statusCode, headers, body: text } = answered.parse(await run(event, context));
    if (statusCode !== 412 && statusCode !== status) throw new Error(`${route}: ${statusCode} ${text}`);
    return { isStale: statusCode === 412, etag: String(headers.etag) };
  }

  /** Measures a request, of the state there is: again when Clerk's webhook has changed it in between. */
  async function attempt<Result>(
    one: RouteCase,
    n: number,
    measured: (work: () => Promise<unknown>) => Promise<Result>,
  ) {
    for (let left = 20; left > 0; left -= 1) {
      const { revisionOf, user = 'member' } = one;
      const etag = revisionOf && (await send({ route: revisionOf, user }, n)).etag;
      let isStale = false;
      const result = await measured(async () => {
        ({ isStale } = await send(one, n, etag));
      });
      if (!isStale) return result;
    }
    throw new Error(`${one.route} is stale each time`);
  }
  return { attempt, userIdOf: (route: RouteCase['route']) => callerOf(route).userId, teamId: params.teamId };
}

async function timed(work: () => Promise<unknown>) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Fills the directory up with organizations, ten to a transaction, from one size to the next. */
function directoryOf(product: TestProduct) {
  const { engineEndpoint: endpoint } = product.aws;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  const table = product.functions.find(({ title }) => title === 'organization')?.environment.TABLE_NAME ?? '';
  const plane = { client, table };
  let next = 0;
  return {
    async growBy(organizations: number) {
      const now = new Date();
      for (const end = next + organizations; next < end; ) {
        const numbers = Array.from({ length: Math.min(10, end - next) }, () => next++);
        await transact(
          plane,
          numbers.flatMap((number) => directoryWritesOf(plane, number, now)),
        );
      }
    },
    close: () => client.destroy(),
  };
}

/** Every route's round trips to DynamoDB, capacity units and time, at each size of the directory. */
export async function benchRoutes(rounds: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-bench-routes-'));
  // Before anything is connected: bundling holds this process up, and connections end meanwhile.
  for (const entry of ['admin', 'organization'] as const)
    bundleFunction(`http/${entry}`, join(folder, entry));
  const product = await startTestProduct();
  const engine = await startMeteredEngine(product.aws.engineEndpoint);
  const directory = directoryOf(product);
  try {
    const { attempt, userIdOf, teamId } = await openRoutes(product, folder, engine.endpoint);
    const cases = [...reads, ...writes(teamId)];
    const measure = async (one: RouteCase): Promise<Figures> => {
      let n = 0;
      // The first ones load the noun's code, and note the caller's activity of the day.
      for (; n < 2; n += 1) await attempt(one, n, (work) => work());
      // Two: every other change is one back.
      const metered = [];
      for (; n < 4; n += 1)
        metered.push(afterMembership(await attempt(one, n, engine.meter), userIdOf(one.route)));
      const times: number[] = [];
      for (; n < 4 + rounds; n += 1) times.push(await attempt(one, n, timed));
      return {
        trips: Math.max(...metered.map(roundTrips)),
        units: Math.max(...metered.map((calls) => calls.reduce((sum, { units }) => sum + units, 0))),
        p50: median(times),
      };
    };
    const rows = new Map<string, Figures[]>(cases.map((one) => [nameOf(one), []]));
    let organizations = (
      await product.api('/api/admin/organizations?limit=100', {
        token: await product.signIn(superAdminEmail),
      })
    ).body.items.length;
    for (const size of sizes) {
      await directory.growBy(size - organizations);
      organizations = size;
      for (const one of cases) rows.get(nameOf(one))?.push(await measure(one));
    }
    return [...rows].map(([route, figures]) => ({
      route,
      sizes,
      figures,
      problem: problemOf(route, figures),
    }));
  } finally {
    directory.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
    await product.stop();
  }
}

/** What a row breaks of the rules: at most two round trips, and a read's units within 10 % at every size. */
function problemOf(route: string, figures: readonly Figures[]): string {
  const trips = Math.max(...figures.map(({ trips }) => trips));
  const [first = 0, ...rest] = figures.map(({ units }) => units);
  const grows = route.startsWith('GET') && rest.some((units) => Math.abs(units / first - 1) > 0.1);
  return [...(trips > most ? [`✗ ${trips} round trips`] : []), ...(grows ? ['✗ units change'] : [])].join(
    ', ',
  );
}
