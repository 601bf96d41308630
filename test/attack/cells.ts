import { setTimeout as pause } from 'node:timers/promises';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { type Asking, askingOf, verdictOf } from '../access/ask.ts';
import { foreignCursors, foreignQueries, paramsOf, takesCursor } from '../access/foreign.ts';
import { type Expectation, matrix } from '../access/matrix.ts';
import { type Caller, callers } from '../access/world.ts';
import type { Answer } from '../support/product.ts';
import type { Prey } from './prey.ts';
import { inParallel, Tally } from './tally.ts';

type By = Caller | 'nobody';

type Whose = 'own' | 'other' | 'foreign';

interface Cell {
  readonly name: string;
  readonly route: Route;
  readonly by: By;
  /** The owner of each path parameter. */
  readonly parts: Readonly<Record<string, Whose>>;
  readonly body?: unknown;
  readonly query?: string;
  /** Where a request refers to another organization other than in its path. */
  readonly beside?: string;
}

const namesForeign = ({ parts, beside }: Cell): boolean =>
  beside !== undefined || Object.values(parts).includes('foreign');

/** What the super admin may read and change in every organization. */
const isTheirs = ({ by, route }: Pick<Cell, 'by' | 'route'>): boolean =>
  by === 'super_admin' && route.access.kind === 'platform';

/** All combinations of path parameters from the caller's team, another team, and another organization. */
const choices = (names: readonly string[]): Record<string, Whose>[] =>
  names.reduce<Record<string, Whose>[]>(
    (sets, name) =>
      sets.flatMap((set) =>
        (name === 'organizationId'
          ? (['own', 'foreign'] as const)
          : (['own', 'other', 'foreign'] as const)
        ).map((whose) => ({ ...set, [name]: whose })),
      ),
    [{}],
  );

/** Route × role × target, from the route table, without what the super admin may do in any organization. */
function cellsOf({ product, world }: Prey, cursors: ReadonlyMap<string, string>): Cell[] {
  const { foreign } = world;
  const { bodyFor } = askingOf(product);
  const namesAnId = (body: unknown) =>
    Object.values(foreign).some((id) => JSON.stringify(body ?? null).includes(id));
  return Object.entries<Route>(routes).flatMap(([name, route]) =>
    [...callers, 'nobody' as const].flatMap((by): Cell[] => {
      const at = { name, route, by };
      const paths = choices(paramsOf(route)).filter(
        ({ organizationId }) => by !== 'super_admin' || organizationId !== 'foreign',
      );
      const asked = paths.map((parts) => ({ ...at, parts }));
      if (isTheirs(at)) return asked;
      const body = bodyFor(name, route, foreign);
      const inBody = namesAnId(body)
        ? asked.map((cell) => ({ ...cell, body, beside: 'ids in the body' }))
        : [];
      const own = { ...at, parts: {} };
      const queries = foreignQueries(route, foreign).map((query) => ({ ...own, query, beside: query }));
      const pages = [...(takesCursor(route) ? cursors : [])].map(([list, cursor]) => ({
        ...own,
        query: `cursor=${encodeURIComponent(cursor)}`,
        beside: `cursor of ${list}`,
      }));
      return [...asked, ...inBody, ...queries, ...pages];
    }),
  );
}

/** Whether the matrix allows it, for targets that are all of the caller's team or all of another. */
function mayBy({ name, by, parts }: Cell): boolean {
  const { own, other }: Partial<Expectation> = matrix[name] ?? {};
  const inside = Object.entries(parts).flatMap(([part, whose]) => (part === 'organizationId' ? [] : [whose]));
  const verdicts = inside.every((whose) => whose === 'own') ? own : other;
  const isMixed = inside.includes('own') && inside.includes('other');
  return by !== 'nobody' && (isMixed || verdicts === undefined || verdicts[callers.indexOf(by)] === 'y');
}

/** Whether a bulk request was refused, line by line. */
const refusesAll = ({ results }: Answer['body']): boolean =>
  Array.isArray(results) && results.every(({ status }) => status === 'refused');

/** The problem with a response; null if it reveals and allows nothing. */
function leakOf(cell: Cell, answer: Answer, secrets: readonly string[]): string | null {
  const { route, by, beside = '' } = cell;
  const { status, headers, body } = answer;
  const text = `${JSON.stringify([...headers])}${JSON.stringify(body)}`;
  const told = isTheirs(cell) ? undefined : secrets.find((secret) => text.includes(secret));
  if (told !== undefined) return `tells ${told}`;
  if (route.access.kind === 'anyone') return null;
  const isAnswered = status < 300;
  if (by === 'nobody') return isAnswered ? `answers nobody ${status}` : null;
  // A list filtered by a foreign id is empty; anything else is refused.
  if (namesForeign(cell))
    return isAnswered && !/=/.test(beside) && !refusesAll(body) ? `answers ${status}` : null;
  return verdictOf(route, answer) === 'y' && !mayBy(cell) ? `lets in with ${status}` : null;
}

/** Tests every cell, inspects each response, and compares the target organization's items in the table. */
export async function attackCells(prey: Prey): Promise<Tally> {
  const tally = new Tally('route × role × target');
  const { product, world, secrets } = prey;
  const { ask } = askingOf(product);
  const cursors = await foreignCursors(product, world);
  await prey.changedKeys();
  await inParallel(cellsOf(prey, cursors), 6, async (cell) => {
    const { name, route, by, parts, body, query, beside } = cell;
    const target = Object.fromEntries(
      Object.keys(world.own).map((part) => [part, world[parts[part] ?? 'own'][part] ?? '']),
    );
    const asking: Asking = {
      token: by === 'nobody' ? undefined : await world.token(by),
      ...(body === undefined ? {} : { body }),
      ...(query === undefined ? {} : { query }),
      // For foreign resources, their actual state.
      ...(namesForeign(cell) ? { headers: { 'if-match': '"1"' } } : {}),
    };
    let answer = await ask(name, route, target, asking);
    for (let tries = 0; answer.status === 429 && tries < 70; tries += 1) {
      await pause(1000);
      answer = await ask(name, route, target, asking);
    }
    tally.cells += 1;
    const what = `${name} as ${by}, ${JSON.stringify(parts)} ${beside ?? ''}:`;
    if (answer.status >= 500 || answer.status === 429) tally.errors.push(`${what} ${answer.status}`);
    const leak = leakOf(cell, answer, secrets);
    if (leak !== null) tally.leaks.push(`${what} ${leak}`);
  });
  tally.changes.push(...(await prey.changedKeys()));
  return tally;
}
