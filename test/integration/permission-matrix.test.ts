import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { components } from '../../functions/http/openapi/components.ts';
import { examples } from '../../functions/http/openapi/examples.ts';
import type { Route } from '../../functions/http/routes/route.ts';
import { routes } from '../../functions/http/routes/routes.ts';
import { type Expectation, matrix } from '../access/matrix.ts';
import { type Caller, callers, type Ids, makeWorld, type World } from '../access/world.ts';
import { type Answer, startTestProduct, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let world: World;
beforeAll(async () => {
  product = await startTestProduct();
  world = await makeWorld(product);
});
afterAll(() => product.stop());

const rows = Object.entries<Route>(routes);
const ofOrganizations = rows.filter(([, { path }]) => path.startsWith('/api/organizations/'));
const tenants = callers.filter((caller) => caller !== 'super_admin');

let requests = 0;

/** A request that is right in every way, but for the state it is meant for: what it would change stays as it is. */
function ask(name: string, route: Route, target: Ids, token?: string): Promise<Answer> {
  const { query, body }: Partial<Expectation> = matrix[name] ?? {};
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, id: string) => target[id] ?? `no-${id}`);
  const example = Object.entries(components).find(([, schema]) => schema === route.body)?.[0] ?? '';
  requests += 1;
  return product.api(query === undefined ? path : `${path}?${query}`, {
    token,
    method: route.method,
    headers: route.method === 'GET' || route.method === 'POST' ? {} : { 'if-match': '"999999"' },
    ...(route.body === undefined
      ? {}
      : { body: body === undefined ? examples[example] : body(target, `unique-${requests}`) }),
  });
}

function verdictOf({ method }: Route, { status, body }: Answer): string {
  const refused = { 401: 'u', 403: 'f', 404: 'n' }[status];
  if (refused !== undefined) return refused;
  // Allowed: a reading is answered, and a change finds that the state has moved on, or that something else is in its way.
  const expected = { GET: [200], POST: [200, 201, 202, 204, 400, 409] }[String(method)] ?? [409, 412];
  return expected.includes(status) ? 'y' : `${status} ${JSON.stringify(body)}`;
}

const asEach = async (name: string, route: Route, targetOf: (caller: Caller) => Ids): Promise<string> => {
  const answers = await Promise.all(
    callers.map(async (caller) => ask(name, route, targetOf(caller), await world.token(caller))),
  );
  return answers.map((answer) => verdictOf(route, answer)).join('');
};

/** All that an answer tells, but for the name of the request. */
const told = ({ status, headers, body: { requestId: _, ...body } }: Answer) =>
  JSON.stringify({ status, body, type: headers.get('content-type'), etag: headers.get('etag') });

describe('the permission matrix', () => {
  it('has a row for each route, and for no other', () => {
    expect(Object.keys(matrix).toSorted()).toEqual(rows.map(([name]) => name).toSorted());
  });

  it.each(rows)('of %s', async (name, route) => {
    const row: Partial<Expectation> = matrix[name] ?? {};
    const told: Record<string, string> = { own: await asEach(name, route, () => world.own) };
    if (row.other !== undefined || /\{(team|kpi|checkIn|invitation)Id\}/.test(route.path))
      told.other = await asEach(name, route, () => world.other);
    if (/organizationId\}\/users\/\{userId\}/.test(route.path))
      told.self = await asEach(name, route, (caller) => ({ ...world.own, userId: world.userIds[caller] }));
    const { query: _, body: __, ...expected } = row;
    expect(told).toEqual(expected);
  });
});

describe('another organization', () => {
  it.each(ofOrganizations)('is for %s as one that never was', async (name, route) => {
    for (const caller of tenants) {
      const [foreign, absent] = [
        await ask(name, route, world.foreign, await world.token(caller)),
        await ask(name, route, world.absent, await world.token(caller)),
      ];
      expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found']);
      expect(told(foreign)).toBe(told(absent));
    }
  });

  it.each(ofOrganizations.filter(([, { path }]) => /\{(?!organizationId)/.test(path)))(
    'has nothing that %s would find in one’s own',
    async (name, route) => {
      const { organizationId } = world.own;
      for (const caller of callers) {
        const [foreign, absent] = [
          await ask(
            name,
            route,
            { ...world.foreign, organizationId: organizationId ?? '' },
            await world.token(caller),
          ),
          await ask(
            name,
            route,
            { ...world.absent, organizationId: organizationId ?? '' },
            await world.token(caller),
          ),
        ];
        expect([403, 404]).toContain(foreign.status);
        expect(told(foreign)).toBe(told(absent));
      }
    },
  );

  it('that never was is told to the super admin as that', async () => {
    for (const [name, route] of ofOrganizations)
      expect((await ask(name, route, world.absent, await world.token('super_admin'))).status).toBe(404);
  });
});

describe('an explanation', () => {
  it('says of each thing what a request for it meets', async () => {
    const explained = async (action: string, resource: string) => {
      const { organizationId } = world.own;
      const search = new URLSearchParams({ action, resource, userId: world.userIds.team_leader });
      const path = `/api/organizations/${organizationId}/access/explain?${search}`;
      const { status, body } = await product.api(path, { token: await world.token('org_admin') });
      return status === 200 ? body.allowed : status;
    };
    expect(await explained('update', `Team/${world.own.teamId}`)).toBe(true);
    expect(await explained('update', `Team/${world.other.teamId}`)).toBe(false);
    expect(await explained('update', `Kpi/${world.own.kpiId}`)).toBe(true);
    expect(await explained('read', `kpi/${world.other.kpiId}`)).toBe(false);
    expect(await explained('read', `User/${world.own.userId}`)).toBe(true);
    expect(await explained('read', `User/${world.other.userId}`)).toBe(false);
    expect(await explained('read', `Invitation/${world.own.invitationId}`)).toBe(true);
    expect(await explained('read', `Invitation/${world.other.invitationId}`)).toBe(false);
    expect(await explained('read', `Kpi/${world.foreign.kpiId}`)).toBe(404);
    expect(await explained('read', `Kpi/${world.absent.kpiId}`)).toBe(404);
    expect(await explained('read', 'Secret')).toBe(400);
  });
});

describe('nobody', () => {
  it('is asked to sign in, whatever they ask for', async () => {
    for (const [name, route] of rows.filter(([, { access }]) => access.kind !== 'anyone'))
      expect(await ask(name, route, world.own)).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      });
  });
});
