import { setTimeout as pause } from 'node:timers/promises';
import { propertiesOf } from '../../functions/http/openapi/schemas.ts';
import type { Route } from '../../functions/http/routes/route.ts';
import { routes } from '../../functions/http/routes/routes.ts';
import { type Asking, askingOf, verdictOf } from '../access/ask.ts';
import { matrix } from '../access/matrix.ts';
import { type Caller, callers, type Ids } from '../access/world.ts';
import type { Answer } from '../support/product.ts';
import type { Prey } from './prey.ts';
import { inParallel, Tally } from './tally.ts';

type By = Caller | 'nobody';

interface Cell {
  readonly name: string;
  readonly route: Route;
  readonly by: By;
  /** Whose each part is that the path names. */
  readonly target: Ids;
  readonly body?: unknown;
  readonly query?: string;
  /** What of another organization the request names. Nothing: it asks for its own. */
  readonly foreign: readonly string[];
}

const paramsOf = ({ path }: Route) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));

/** Every way to take each of these from one's own or from another organization. */
const choices = (names: readonly string[]): string[][] =>
  names.reduce<string[][]>((sets, name) => sets.flatMap((set) => [set, [...set, name]]), [[]]);

const takesCursor = ({ query }: Route) => query !== undefined && 'cursor' in propertiesOf(query);

/** Queries that ask one's own list for what is another organization's. */
function foreignQueries({ query }: Route, foreign: Ids): string[] {
  if (query === undefined) return [];
  const { teamId, userId, kpiId, organizationId } = foreign;
  const values: Readonly<Record<string, readonly (string | undefined)[]>> = {
    teamId: [teamId],
    userId: [userId],
    ownerId: [userId, teamId],
    organizationId: [organizationId],
    actor: [userId],
    resource: [`team/${teamId}`, `user/${userId}`, `kpi/${kpiId}`, 'kpi/'],
    search: ['zanzibar', 'away'],
  };
  return Object.keys(propertiesOf(query)).flatMap((name) =>
    (values[name] ?? []).map((value) => `${name}=${encodeURIComponent(value ?? '')}`),
  );
}

/** Cursors that the attacked organization's own admin was given, by route. */
async function foreignCursors({ product, world }: Prey): Promise<Map<string, string>> {
  const token = await product.signIn(world.away.email);
  const { ask } = askingOf(product);
  const cursors = new Map<string, string>();
  for (const [name, route] of Object.entries<Route>(routes)) {
    if (!takesCursor(route) || route.access.kind !== 'organization') continue;
    const { body } = await ask(name, route, world.foreign, { token, query: 'limit=1' });
    if (typeof body.nextCursor === 'string') cursors.set(name, body.nextCursor);
  }
  return cursors;
}

/** Route × role × target, from the route table. What the super admin may do to any organization is left out. */
function cellsOf(prey: Prey, cursors: ReadonlyMap<string, string>): Cell[] {
  const { own, foreign } = prey.world;
  const { bodyFor } = askingOf(prey.product);
  return Object.entries<Route>(routes).flatMap(([name, route]) =>
    [...callers, 'nobody' as const].flatMap((by) => {
      const { organizationId: _, ...ownParts } = own;
      const isTheirs = by === 'super_admin' && route.access.kind === 'platform';
      const targets = choices(paramsOf(route))
        .filter((parts) => by !== 'super_admin' || !parts.includes('organizationId'))
        .map((parts) => ({
          target: { ...own, ...Object.fromEntries(parts.map((part) => [part, foreign[part] ?? ''])) },
          foreign: parts.map((part) => `${part} in the path`),
        }));
      const at = { name, route, by };
      const asked = targets.map((cell) => ({ ...at, ...cell }));
      if (isTheirs) return asked;
      const mine = { ...at, target: own };
      const body = bodyFor(name, route, foreign);
      const namesIds = Object.keys(ownParts).some((part) =>
        JSON.stringify(body ?? null).includes(String(foreign[part])),
      );
      return [
        ...asked,
        ...(namesIds
          ? targets.map((cell) => ({ ...at, ...cell, body, foreign: [...cell.foreign, 'ids in the body'] }))
          : []),
        ...foreignQueries(route, foreign).map((query) => ({ ...mine, query, foreign: [`query ${query}`] })),
        ...(takesCursor(route)
          ? [...cursors].map(([list, cursor]) => ({
              ...mine,
              query: `cursor=${encodeURIComponent(cursor)}`,
              foreign: [`cursor of ${list}`],
            }))
          : []),
      ];
    }),
  );
}

/** What is wrong with an answer; null if it tells and lets in nothing. */
function leakOf(cell: Cell, { status, headers, body }: Answer, secrets: readonly string[]): string | null {
  const { name, route, by, foreign } = cell;
  const text = `${JSON.stringify([...headers])}${JSON.stringify(body)}`;
  const isTheirs = by === 'super_admin' && route.access.kind === 'platform';
  const told = isTheirs ? undefined : secrets.find((secret) => text.includes(secret));
  if (told !== undefined) return `tells ${told}`;
  const ok = status < 300;
  if (by === 'nobody') return ok && route.access.kind !== 'anyone' ? `answers nobody ${status}` : null;
  if (foreign.some((part) => /path|body|cursor/.test(part)) && ok) return `answers ${status}`;
  const expected = matrix[name]?.own[callers.indexOf(by)];
  const may = verdictOf(route, { status, headers, body }) === 'y';
  return foreign.length === 0 && may && expected !== 'y' ? `lets in with ${status}` : null;
}

/** Asks every cell, looks into each answer, and compares what the table has of the attacked organization. */
export async function attackCells(prey: Prey): Promise<Tally> {
  const tally = new Tally('route × role × target');
  const { product, world, secrets } = prey;
  const { ask } = askingOf(product);
  const cursors = await foreignCursors(prey);
  await prey.changedKeys();
  await inParallel(cellsOf(prey, cursors), 6, async (cell) => {
    const { name, route, by, target, foreign } = cell;
    const asking: Asking = {
      token: by === 'nobody' ? undefined : await world.token(by),
      ...(cell.body === undefined ? {} : { body: cell.body }),
      ...(cell.query === undefined ? {} : { query: cell.query }),
      // On what is another's, the state that it has.
      ...(foreign.length > 0 && route.method !== 'GET' ? { headers: { 'if-match': '"1"' } } : {}),
    };
    let answer = await ask(name, route, target, asking);
    for (let tries = 0; answer.status === 429 && tries < 70; tries += 1) {
      await pause(1000);
      answer = await ask(name, route, target, asking);
    }
    tally.cells += 1;
    const what = `${name} as ${by}, ${foreign.join(', ') || 'own'}:`;
    if (answer.status >= 500 || answer.status === 429) tally.errors.push(`${what} ${answer.status}`);
    const leak = leakOf(cell, answer, secrets);
    if (leak !== null) tally.leaks.push(`${what} ${leak}`);
  });
  tally.changes.push(...(await prey.changedKeys()));
  return tally;
}
