import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import type { askingOf } from '../access/ask.ts';
import { foreignBodies, foreignQueries, paramsOf, takesCursor } from '../access/foreign.ts';
import { type Caller, callers, type Ids, type World } from '../access/world.ts';

/** The foreign data that an attempt refers to, and where. Those with an id are path parameters. */
export const targets = [
  'organization',
  'team',
  'user',
  'KPI',
  'check-in',
  'initiative',
  'comment',
  'invitation',
  'entry',
  'support access',
  'approval',
  'API key',
  'webhook',
  'cursor',
  'idempotency key',
  'id in the body',
  'id in the query',
] as const;
type Target = (typeof targets)[number];

/** The path parameters. One that is missing here fails, since it would remain untested. */
const targetOfParam: Readonly<Record<string, Target>> = {
  organizationId: 'organization',
  teamId: 'team',
  userId: 'user',
  kpiId: 'KPI',
  checkInId: 'check-in',
  initiativeId: 'initiative',
  commentId: 'comment',
  invitationId: 'invitation',
  entry: 'entry',
  supportAccessId: 'support access',
  approvalId: 'approval',
  apiKeyId: 'API key',
  webhookId: 'webhook',
  delivery: 'webhook',
};

/** Users, an API client with every scope, and a caller without identity. */
type By = Caller | 'API key' | 'nobody';
const attackers: readonly By[] = [...callers, 'API key', 'nobody'];

/** One request that refers to another organization's data, and is otherwise valid. */
export interface Attempt {
  /** The name of the route, as in the API's document. */
  readonly name: string;
  readonly route: Route;
  readonly by: By;
  readonly target: Target;
  /** A description for readers. */
  readonly what: string;
  readonly ids: Ids;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The data for building attempts. */
export interface Prepared {
  readonly world: World;
  readonly bodyFor: ReturnType<typeof askingOf>['bodyFor'];
  /** Cursors returned to the attacked organization's own admin, by route. */
  readonly cursors: ReadonlyMap<string, string>;
  /** The states of resources that its routes change, by path. */
  readonly states: ReadonlyMap<string, string>;
  /** The key and the body of the attacked organization's admin's call of a route. */
  readonly keyed: ReadonlyMap<string, Keyed>;
}

export interface Keyed {
  readonly key: string;
  readonly body: unknown;
  readonly ids: Ids;
}

/** Why there is no attempt; undefined if there is one. */
type NotTried = 'no place for it' | 'the super admin’s own work';

/** A route, a caller, and their target: the rows and columns of the report. */
export interface Cell {
  readonly name: string;
  readonly route: Route;
  readonly by: By;
  readonly target: Target;
  readonly attempts: readonly Attempt[];
  readonly notTried?: NotTried;
}

const isTrail = ({ access }: Route) => 'subject' in access && access.subject === 'AuditEntry';

/** The parts of a call that refer to another organization's data, for each target. */
function waysOf(name: string, route: Route, prepared: Prepared): Partial<Record<Target, Way[]>> {
  const { world, bodyFor, cursors, keyed } = prepared;
  const { own } = world;
  // Approvals belong to the platform, and are just as foreign to an organization's users.
  const foreign: Ids = { approvalId: own.approvalId ?? '', ...world.foreign };
  const ways: Partial<Record<Target, Way[]>> = {};
  const add = (target: Target, way: Way) => {
    ways[target] = [...(ways[target] ?? []), way];
  };
  for (const param of paramsOf(route)) {
    const target = targetOfParam[param];
    if (target === undefined || foreign[param] === undefined)
      throw new Error(
        `${name} names {${param}}, of which the isolation report has no foreign one: test/isolation/attempts.ts, test/access/world.ts`,
      );
    if (target === 'organization') add(target, { what: 'all ids of the path', ids: foreign });
    else add(target, { what: 'its id, in one’s own path', ids: { ...own, [param]: foreign[param] } });
  }
  const inside = paramsOf(route).filter((param) => param !== 'organizationId');
  const [last] = inside.slice(-1).flatMap((param) => targetOfParam[param] ?? []);
  if (inside.length > 1 && last !== undefined)
    add(last, {
      what: 'its id and its parents’, in one’s own organization',
      ids: { ...foreign, organizationId: own.organizationId ?? '' },
    });
  const queries = foreignQueries(route, foreign);
  for (const query of queries)
    add(isTrail(route) ? 'entry' : 'id in the query', { what: query.replace(/=.*/, ''), ids: own, query });
  if (takesCursor(route))
    for (const [list, cursor] of cursorsFor(name, cursors)) {
      const query = `cursor=${encodeURIComponent(cursor)}`;
      add('cursor', { what: `of ${list}`, ids: own, query });
      if (list === name) add('cursor', { what: `of ${list}, in its path`, ids: foreign, query });
    }
  for (const body of foreignBodies(name, route, foreign, bodyFor(name, route, foreign)))
    add('id in the body', { what: Object.keys(body ?? {}).join(', '), ids: own, body });
  const used = keyed.get(name);
  if (used !== undefined) {
    const headers = { 'idempotency-key': used.key };
    add('idempotency key', { what: 'in one’s own path', ids: own, headers, body: used.body });
    add('idempotency key', { what: 'in its path', ids: used.ids, headers, body: used.body });
  }
  return ways;
}

type Way = Omit<Attempt, 'name' | 'route' | 'by' | 'target'>;

/** The cursor of the same list, if available, and that of another list. */
const cursorsFor = (name: string, cursors: ReadonlyMap<string, string>) => {
  const others = [...cursors].filter(([list]) => list !== name);
  return [...[...cursors].filter(([list]) => list === name), ...others.slice(0, 1)];
};

/** The super admin legitimately reaches every organization by the paths that name it. */
const isTheirs = (by: By, { access }: Route, { ids }: Way, { foreign }: World): boolean =>
  by === 'super_admin' && (access.kind === 'platform' || ids.organizationId === foreign.organizationId);

/** Every route × caller × target. A route without an attempt is included, with the reason. */
export function cellsOf(prepared: Prepared, table: Readonly<Record<string, Route>> = routes): Cell[] {
  return Object.entries(table).flatMap(([name, route]) => {
    const ways = waysOf(name, route, prepared);
    return attackers.flatMap((by) =>
      targets.map((target): Cell => {
        const at = { name, route, by, target };
        const found = ways[target] ?? [];
        if (found.length === 0 || route.access.kind === 'anyone')
          return { ...at, attempts: [], notTried: 'no place for it' };
        const tried = found.filter((way) => !isTheirs(by, route, way, prepared.world));
        if (tried.length === 0) return { ...at, attempts: [], notTried: 'the super admin’s own work' };
        return { ...at, attempts: tried.map((way) => ({ ...at, ...way })) };
      }),
    );
  });
}
