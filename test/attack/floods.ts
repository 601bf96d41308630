import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestProduct } from '../support/product.ts';
import type { Prey } from './prey.ts';
import { Tally } from './tally.ts';

/** Requests per second. */
const aSecond = 1000;
/** How often signed-in users send requests during the flood. */
const peoplesPauseMs = 250;

interface Flood {
  readonly what: string;
  readonly path: string;
  readonly headers: (number: number) => Readonly<Record<string, string>>;
  /** The responses that an attacker may get. */
  readonly refusals: readonly number[];
}

/** A flood on each entry point. */
export const floodsOf = ({ origin }: TestProduct): readonly Flood[] => {
  const { port } = new URL(origin);
  const around = { host: `api.localhost:${port}` };
  return [
    {
      what: 'round the site, without the secret',
      path: '/api/me',
      headers: () => around,
      refusals: [401, 429],
    },
    {
      what: 'round the site, a guess at the secret each',
      path: '/api/me',
      headers: (number) => ({ ...around, 'x-origin-verify': `${number}`.padStart(64, 'x') }),
      refusals: [403, 429],
    },
    { what: 'through the site, without a token', path: '/api/me', headers: () => ({}), refusals: [401, 403] },
  ];
};

/** Sends a flood for that long, without waiting for responses; counts them by status. */
export async function pour(
  origin: string,
  { path, headers }: Flood,
  seconds: number,
): Promise<ReadonlyMap<number, number>> {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const statuses = new Map<number, number>();
  const one = (number: number): Promise<void> =>
    new Promise((resolve) => {
      const note = (status: number) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        resolve();
      };
      const sent = request({ agent, host: hostname, port, path, headers: headers(number) }, (answer) => {
        answer.resume().once('end', () => note(answer.statusCode ?? 0));
      });
      // The server may have closed an idle connection meanwhile.
      sent.once('error', () => (sent.reusedSocket ? resolve(one(number)) : note(0))).end();
    });
  const began = performance.now();
  const all: Promise<void>[] = [];
  const total = aSecond * seconds;
  while (all.length < total) {
    const due = Math.min(total, ((performance.now() - began) / 1000) * aSecond);
    while (all.length < due) all.push(one(all.length));
    await pause(5);
  }
  await Promise.all(all);
  agent.destroy();
  return statuses;
}

const median = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** Sends requests as users do, until told to stop: counts successes and failures, and measures latency. */
async function askAsPeople({ product, world }: Prey, isOver: () => boolean) {
  const asked: { readonly status: number; readonly milliseconds: number }[] = [];
  const paths = ['/api/me', `/api/organizations/${world.own.organizationId}/kpis?limit=25`];
  while (!isOver()) {
    for (const path of paths) {
      const began = performance.now();
      const { status } = await product.api(path, { token: await world.token('org_admin') });
      asked.push({ status, milliseconds: performance.now() - began });
    }
    await pause(peoplesPauseMs);
  }
  return asked;
}

/**
 * 1,000 requests per second without a token, on each entry point: all are refused, and signed-in users are
 * always served.
 */
export async function attackByFloodingWithoutToken(prey: Prey): Promise<Tally> {
  const tally = new Tally('a flood without a token');
  for (const one of floodsOf(prey.product)) {
    let isOver = false;
    const people = askAsPeople(prey, () => isOver);
    const began = performance.now();
    const statuses = await pour(prey.product.origin, one, 10);
    const seconds = (performance.now() - began) / 1000;
    isOver = true;
    const asked = await people;
    const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    tally.cells += sent + asked.length;
    for (const [status, count] of statuses)
      if (!one.refusals.includes(status)) tally.errors.push(`${one.what}: ${count} answers ${status}`);
    const unanswered = asked.filter(({ status }) => status !== 200);
    for (const { status } of unanswered)
      tally.changes.push(`${one.what}: somebody with a token got ${status}`);
    const times = median(asked.map(({ milliseconds }) => milliseconds));
    console.log(
      `  ${one.what}: ${sent} requests in ${seconds.toFixed(1)} s, answered ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(', ')}; people: ${asked.length - unanswered.length} of ${asked.length} answered, median ${times.toFixed(0)} ms`,
    );
  }
  return tally;
}
