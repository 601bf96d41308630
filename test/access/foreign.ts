import { describe, propertiesOf } from '../../functions/http/openapi/schemas.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import type { TestProduct } from '../support/product.ts';
import { askingOf } from './ask.ts';
import type { Ids, World } from './world.ts';

/** Names of the resources in a path. */
export const paramsOf = ({ path }: Route): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));

export const takesCursor = ({ query }: Route): boolean =>
  query !== undefined && 'cursor' in propertiesOf(query);

const namesId = /^(?!externalId$)\w+Ids?$/;

/** Query parameters that filter the caller's list by another organization's ids. */
export function foreignQueries({ query }: Route, foreign: Ids): string[] {
  if (query === undefined) return [];
  const { teamId, userId, kpiId, organizationId, supportAccessId, approvalId } = foreign;
  const [timestamp, entryId] = (foreign.entry ?? '').split('~');
  const values: Readonly<Record<string, readonly (string | undefined)[]>> = {
    teamId: [teamId],
    userId: [userId],
    ownerId: [userId, teamId],
    assigneeId: [userId],
    organizationId: [organizationId],
    actor: [userId],
    resource: [`team/${teamId}`, `user/${userId}`, `kpi/${kpiId}`, 'kpi/'],
    about: [`user/${userId}`, `team/${teamId}`, `kpi/${kpiId}`],
    supportAccess: [supportAccessId],
    approvalId: [approvalId],
    entryId: [entryId],
    search: ['zanzibar', 'away'],
  };
  const names = Object.keys(propertiesOf(query));
  const missing = names.find((name) => namesId.test(name) && values[name] === undefined);
  if (missing !== undefined)
    throw new Error(`a query has ${missing}, of which there is no foreign one: test/access/foreign.ts`);
  const beside = names.includes('timestamp') ? `&timestamp=${encodeURIComponent(timestamp ?? '')}` : '';
  return names.flatMap((name) =>
    (values[name] ?? []).map((value) => `${name}=${encodeURIComponent(value ?? '')}${beside}`),
  );
}

/** Cursors returned to the attacked organization's own admin, by route. */
export async function foreignCursors(product: TestProduct, world: World): Promise<Map<string, string>> {
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

/**
 * Bodies with ids of another organization, where those of the matrix and of the examples don't contain all
 * of them.
 */
const bodies: Readonly<Record<string, (ids: Ids, unique: string) => readonly object[]>> = {
  createTeam: ({ userId }, name) => [{ name, leaderId: userId }],
  createKpi: ({ userId, teamId }, name) => {
    const goal = { unit: '%', direction: 'up', baseline: 0, target: 10 };
    const kpi = { name, ...goal, period: { start: '2026-01-01', end: '2026-12-31' } };
    return [
      { ...kpi, owner: { kind: 'user', userId } },
      { ...kpi, owner: { kind: 'team', teamId }, assigneeIds: [userId] },
    ];
  },
  updateKpi: ({ userId, teamId }) => [
    { owner: { kind: 'user', userId } },
    { owner: { kind: 'team', teamId } },
    { assigneeIds: [userId] },
  ],
  updateInitiative: ({ userId }) => [{ ownerId: userId }],
  extendSupportAccess: ({ approvalId }) => [{ reason: 'By an approval.', minutes: 600, approvalId }],
};

const namesIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
    : [];

/**
 * Bodies of a route with ids of another organization.
 * @throws if its schema has an id property that none of them sets, since that would remain untested
 */
export function foreignBodies(
  name: string,
  { body: schema, access }: Route,
  foreign: Ids,
  usual: unknown,
): unknown[] {
  // Platform routes take organization ids legitimately; callers without the right are refused before the
  // body is read.
  if (schema === undefined || access.kind === 'platform') return [];
  const isForeign = (body: unknown) =>
    Object.values(foreign).some((id) => JSON.stringify(body ?? null).includes(id));
  const found = [usual, ...(bodies[name]?.(foreign, `foreign-${name}`) ?? [])].filter(isForeign);
  const wanted = namesIn(describe(schema, 'input')).filter((property) => namesId.test(property));
  const named = new Set(found.flatMap(namesIn));
  const missing = wanted.find((property) => !named.has(property));
  if (missing !== undefined)
    throw new Error(
      `the body of ${name} has ${missing}, which no foreign body names: test/access/foreign.ts`,
    );
  return found;
}
