import { openApiDocument } from '../../functions/http/openapi/document.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import type { World } from '../access/world.ts';
import { documented } from '../support/documented.ts';
import type { TestProduct } from '../support/product.ts';
import { Dice } from './dice.ts';
import { judge } from './judge.ts';
import { type FuzzRequest, requestFor } from './requests.ts';

/** A run's number of requests by response, and its problems by response. */
export interface FuzzReport {
  readonly statuses: Readonly<Record<string, Readonly<Record<number, number>>>>;
  readonly findings: readonly {
    readonly name: string;
    readonly wrong: string;
    readonly request: FuzzRequest;
  }[];
}

const atOnce = 8;

/** Calls every route in turn, that many times in total, as determined by the seed. */
export async function fuzz(
  product: TestProduct,
  world: World,
  { requests, seed }: { readonly requests: number; readonly seed: number },
): Promise<FuzzReport> {
  const document = openApiDocument(routes);
  const wrongWith = documented();
  const maker = { dice: new Dice(seed), schemas: document.components.schemas, world };
  const rows = Object.entries<Route>(routes);
  const statuses: Record<string, Record<number, number>> = {};
  const findings: FuzzReport['findings'][number][] = [];
  const cursors: string[] = [];

  const one = async (index: number) => {
    const [name, route] = rows[index % rows.length] ?? [];
    const operation = route && document.paths[route.path]?.[route.method.toLowerCase()];
    if (name === undefined || route === undefined || operation === undefined) return;
    const request = requestFor(route, operation, maker, cursors);
    const { path, by, ...call } = request;
    const token = by === 'nobody' ? undefined : by === 'a liar' ? 'a.b.c' : await world.token(by);
    const answer = await product.request(path, { ...call, token });
    const ofRoute = statuses[name] ?? {};
    statuses[name] = { ...ofRoute, [answer.status]: (ofRoute[answer.status] ?? 0) + 1 };
    if (typeof answer.body.nextCursor === 'string') cursors.push(answer.body.nextCursor);
    const wrong = judge(route, answer) ?? wrongWith(call.method, path, answer);
    if (wrong !== null) findings.push({ name, wrong, request });
  };
  // In groups, so that the same seed makes the same requests: a pool would depend on the order of
  // responses.
  for (let begun = 0; begun < requests; begun += atOnce)
    await Promise.all(Array.from({ length: atOnce }, (_, index) => one(begun + index)));
  return { statuses, findings };
}
