import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '../../../functions/http/routes.ts';
import { bundleFunction } from '../../../infra/bundle/bundle-function.ts';
import { startTestProduct } from '../../support/product.ts';
import { consumersRest } from '../../support/seeded-state.ts';
import { median } from '../median.ts';
import { type RouteCase, type RouteName, reads, unmeasured } from './cases.ts';
import { counted } from './describe-call.ts';
import { fillDirectory } from './filled-state.ts';
import { afterMembership, inRoundTrips, roundTrips, startMeteredEngine } from './metered-engine.ts';
import { openRoutes } from './open-routes.ts';
import { placesIn } from './places.ts';
import { writes } from './write-cases.ts';

/** Organizations in the directory in addition to those of the example data. */
const sizes = [10, 1000, 10_000] as const;
const most = 2;

/**
 * One route at one size of the directory; round trips and capacity units after authentication and membership.
 */
interface Figures {
  readonly trips: number;
  readonly units: number;
  readonly p50: number;
  /** Descriptions of its requests, by round trip. */
  readonly how: readonly string[];
}

const nameOf = ({ route, query, note }: RouteCase) => {
  const { method, path } = routes[route];
  const view = new URLSearchParams(query);
  for (const plain of ['limit', 'from', 'to', 'date', 'action', 'resource', 'format']) view.delete(plain);
  const address = `${method} ${path.replace('/api/', '/')}${view.size === 0 ? '' : `?${view}`}`;
  return note === undefined ? address : `${address} (${note})`;
};

async function timed(work: () => Promise<unknown>) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * The units of a request that was made twice. If those of a read differ, the larger one includes a retry
 * after a lost connection.
 */
const unitsOf = (route: RouteName, units: readonly number[]) =>
  routes[route].method === 'GET' ? Math.min(...units) : Math.max(...units);

/** Every route is measured, or has a reason why not. */
function refuseGaps(cases: readonly RouteCase[]): void {
  const named = new Set<string>([...cases.map(({ route }) => route), ...Object.keys(unmeasured)]);
  const missing = Object.keys(routes).filter((name) => !named.has(name));
  if (missing.length > 0) throw new Error(`The benchmark has no case for ${missing.join(', ')}.`);
}

/**
 * All cases on a separate product with that many organizations, and otherwise the same state: reads first,
 * then changes.
 */
async function measureAt(organizations: number, rounds: number, folder: string) {
  const product = await startTestProduct({
    prepare: (state) => fillDirectory(state, organizations),
    // A request for an admin to grant.
    supportAccess: 'consented',
  });
  const engine = await startMeteredEngine(product.aws.engineEndpoint);
  try {
    const places = await placesIn(product);
    const { attempt, callerOf, close } = await openRoutes(product, folder, engine.endpoint, places.ids);
    const cases = [...reads, ...writes(places)];
    refuseGaps(cases);
    await consumersRest(product.origin);
    const measure = async (one: RouteCase): Promise<Figures> => {
      let n = 0;
      // Warm-up: loads the noun's code, and records the caller's activity of the day.
      for (; n < 2; n += 1) await attempt(one, n, (work) => work());
      // Two, since every other change reverts the previous one.
      const metered = [];
      for (; n < 4; n += 1)
        metered.push(afterMembership(await attempt(one, n, engine.meter), callerOf(one.route).userId));
      const times: number[] = [];
      for (; n < 4 + rounds; n += 1) times.push(await attempt(one, n, timed));
      return {
        trips: Math.max(...metered.map(roundTrips)),
        units: unitsOf(
          one.route,
          metered.map((calls) => calls.reduce((sum, { units }) => sum + units, 0)),
        ),
        p50: median(times),
        how: inRoundTrips(metered[0] ?? []).map((calls) => counted(calls.map(({ about }) => about).sort())),
      };
    };
    const measured: (readonly [RouteCase, Figures])[] = [];
    for (const one of cases) measured.push([one, await measure(one)]);
    close();
    return measured;
  } finally {
    await engine.stop();
    await product.stop();
  }
}

interface Row {
  readonly route: string;
  readonly figures: Figures[];
  readonly because: string | undefined;
}

/**
 * Every route's round trips to DynamoDB, capacity units and time, at each size of the directory; and the
 * routes that aren't measured.
 */
export async function benchRoutes(rounds: number, among: readonly number[] = sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-bench-routes-'));
  const rows = new Map<string, Row>();
  try {
    for (const size of among) {
      // A bundle is one module instance in this process, with one product, so each size needs its own.
      // Bundling blocks this process, so it is done before anything connects.
      const bundles = join(folder, String(size));
      for (const entry of ['admin', 'organization'] as const)
        bundleFunction(`http/${entry}`, join(bundles, entry));
      for (const [one, figures] of await measureAt(size, rounds, bundles)) {
        const route = nameOf(one);
        const row = rows.get(route) ?? { route, figures: [], because: one.because };
        row.figures.push(figures);
        rows.set(route, row);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    sizes: among,
    unmeasured: unmeasuredRoutes(),
    rows: [...rows.values()].map((row) => ({ ...row, problem: problemOf(row) })),
  };
}

const isRoute = (name: string): name is RouteName => Object.hasOwn(routes, name);

const unmeasuredRoutes = () =>
  Object.entries(unmeasured).flatMap(([name, why]) =>
    isRoute(name) ? [{ route: nameOf({ route: name }), why }] : [],
  );

/**
 * The rules that a row breaks without a documented exception: at most two round trips, and read units
 * within 10 % at every size.
 */
function problemOf({ route, figures, because }: Row): string {
  if (because !== undefined) return because;
  const trips = Math.max(...figures.map(({ trips }) => trips));
  const [first = 0, ...rest] = figures.map(({ units }) => units);
  const changed = rest.some((units) => Math.abs(units / first - 1) > 0.1);
  const marked = route.startsWith('GET') && changed;
  return [...(trips > most ? [`✗ ${trips} round trips`] : []), ...(marked ? ['✗ units change'] : [])].join(
    ', ',
  );
}
