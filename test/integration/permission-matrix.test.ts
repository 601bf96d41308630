import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takesKey, wantsState } from '../../functions/http/openapi/refusals.ts';
import { propertiesOf } from '../../functions/http/openapi/schemas.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { supportAccessRoutes } from '../../functions/http/support-access/routes.ts';
import { askingOf, verdictOf } from '../access/ask.ts';
import { type Expectation, matrix } from '../access/matrix.ts';
import { type Caller, callers, type Ids, makeWorld, type World } from '../access/world.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let world: World;
let ask: ReturnType<typeof askingOf>['ask'];
let bodyFor: ReturnType<typeof askingOf>['bodyFor'];
beforeAll(async () => {
  // In support access with changes, a super admin may do the same as in stages that require none.
  product = await startTestProduct({ supportAccess: 'reasoned' });
  ({ ask, bodyFor } = askingOf(product));
  world = await makeWorld(product);
});
afterAll(() => product.stop());

const rows = Object.entries<Route>(routes);
const ofOrganizations = rows.filter(([, { path }]) => path.startsWith('/api/organizations/'));
const ofApprovals = ['approveRequest', 'refuseRequest', 'withdrawRequest', 'carryOutRequest'];
const ofSupport = Object.entries<Route>(supportAccessRoutes).flatMap(([name, { method }]) =>
  method === 'POST' ? [name] : [],
);

const asEach = async (name: string, route: Route, targetOf: (caller: Caller) => Ids): Promise<string> => {
  const answers = await Promise.all(
    callers.map(async (caller) => ask(name, route, targetOf(caller), { token: await world.token(caller) })),
  );
  return answers.map((answer) => verdictOf(route, answer)).join('');
};

describe('the permission matrix', () => {
  it('has a row for each route, and for no other', () => {
    expect(Object.keys(matrix).toSorted()).toEqual(rows.map(([name]) => name).toSorted());
  });

  it.each(rows)('of %s', async (name, route) => {
    const row: Partial<Expectation> = matrix[name] ?? {};
    const told: Record<string, string> = { own: await asEach(name, route, () => world.own) };
    if (row.other !== undefined || /\{(team|kpi|checkIn|invitation)Id\}/.test(route.path))
      told.other = await asEach(name, route, () => world.other);
    if (/organizationId\}\/(users|person-data)\/\{userId\}/.test(route.path))
      told.self = await asEach(name, route, (caller) => ({ ...world.own, userId: world.userIds[caller] }));
    const { query: _, body: __, ...expected } = row;
    expect(told).toEqual(expected);
  });
});

describe('an organization', () => {
  it('that never was is told to the super admin as that', async () => {
    for (const [name, route] of ofOrganizations)
      expect((await ask(name, route, world.absent, { token: await world.token('super_admin') })).status).toBe(
        404,
      );
  });
});

/** A user who may call a route for their own resources. */
const allowedTo = (name: string): Promise<string> =>
  world.token(callers[matrix[name]?.own.indexOf('y') ?? 0] ?? 'super_admin');

/** A body with every string changed. */
const withTexts = (body: unknown, text: string): unknown =>
  JSON.parse(JSON.stringify(body, (_, value: unknown) => (typeof value === 'string' ? text : value)));

const having = (part: (row: Route) => boolean) => rows.filter(([, route]) => part(route));

describe('whoever may', () => {
  it.each(having(wantsState))(
    'says of %s which state they change, or changes nothing',
    async (name, route) => {
      const token = await allowedTo(name);
      const meant = async (headers: Record<string, string>) =>
        (await ask(name, route, world.own, { token, headers })).body.code;
      expect(await meant({})).toBe('precondition_required');
      expect(await meant({ 'if-match': '*' })).toBe('precondition_required');
      expect(await meant({ 'if-match': '1' })).toBe('validation_failed');
      expect(await meant({ 'if-match': 'W/"1"' })).toBe('stale');
    },
  );

  it.each(having(({ query }) => query !== undefined && 'cursor' in propertiesOf(query)))(
    'gets no page of %s by a cursor that was changed or made up',
    async (name, route) => {
      const token = await allowedTo(name);
      for (const cursor of ['made-up', 'e30.e30'])
        expect(await ask(name, route, world.own, { token, query: `cursor=${cursor}` })).toMatchObject({
          status: 400,
          body: { code: 'invalid_cursor' },
        });
    },
  );

  it.each(having(({ body }) => body !== undefined))(
    'is told what is wrong with texts of 10,000 characters in %s, and with any others nothing breaks',
    async (name, route) => {
      const token = await allowedTo(name);
      const valid = bodyFor(name, route, world.own);
      const withText = (text: string) => ask(name, route, world.own, { token, body: withTexts(valid, text) });
      if (/:"/.test(JSON.stringify(valid)))
        expect((await withText('x'.repeat(10_000))).body.code).toMatch(
          /^(validation_failed|payload_too_large|stale)$/,
        );
      for (const text of ['Zoë 株式会社 🏔', 'lone \uD800 \u0000 \u202Egnp.exe'])
        expect((await withText(text)).status).toBeLessThan(500);
    },
  );

  it('and asks twice under one key is answered once; another body under it is refused', async () => {
    const keyed = having(takesKey);
    const done: string[] = [];
    for (const [name, route] of keyed) {
      const [token, headers] = [await allowedTo(name), { 'idempotency-key': `again-${name}` }];
      const body = bodyFor(name, route, world.own);
      const again = () => ask(name, route, world.own, { token, headers, body });
      const first = await again();
      if (first.status !== route.status) continue;
      done.push(name);
      const second = await again();
      expect([name, second.status, second.headers.get('idempotency-replayed')]).toEqual([
        name,
        first.status,
        'true',
      ]);
      const { [route.shownOnce ?? '']: _, ...repeated } = first.body ?? {};
      expect(second.body ?? {}).toEqual(repeated);
      if (route.body === undefined) continue;
      const other = { token, headers, body: bodyFor(name, route, world.own) };
      // A body that only contains enums can't be changed.
      if (isDeepStrictEqual(other.body, body)) continue;
      const { code } = (await ask(name, route, world.own, other)).body;
      expect([name, code]).toEqual([name, 'idempotency_mismatch']);
    }
    // Tested elsewhere: suspending and resuming an organization, which the others need unchanged; undoing
    // an entry, since this one is a creation; deciding a request, which is possible only once (see
    // `approvals.test.ts`); freezing, which a departure does; and replaying a delivery, since there is none
    // yet.
    const ofLeaving = ['beginDeparture', 'deleteOrganizationData', 'requestDataExport', 'undoDeparture'];
    // A person's data was exported above, and members can't be erased.
    const ofPeople = ['requestErasure', 'requestPersonExport', 'withdrawErasure'];
    const left = [
      ...ofPeople,
      ...[...ofLeaving, 'replayWebhookDelivery', 'requestDriftRun'],
      'deactivateOrganization',
      'reactivateOrganization',
      'undoEntry',
      ...ofSupport,
      ...ofApprovals,
    ];
    expect([...done, ...left].toSorted()).toEqual(keyed.map(([name]) => name).toSorted());
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
