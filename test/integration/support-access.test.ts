import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { askingOf } from '../access/ask.ts';
import { makeWorld, type World } from '../access/world.ts';
import {
  type Answer,
  eventually,
  startTestProduct,
  superAdminEmail,
  type TestProduct,
} from '../support/product.ts';

let product: TestProduct;
let world: World;
let ask: ReturnType<typeof askingOf>['ask'];
beforeAll(async () => {
  product = await startTestProduct({ supportAccess: 'reasoned' });
  ({ ask } = askingOf(product));
  world = await makeWorld(product);
});
afterAll(() => product.stop());

const rows = Object.entries<Route>(routes).filter(([, { access }]) => access.kind === 'organization');
const isAboutSupport = ({ access }: Route) => 'subject' in access && /^Support/.test(access.subject);
const inside = rows.filter(([, route]) => !isAboutSupport(route));
const writing = inside.filter(([, { method }]) => method !== 'GET');
/** Read-only access can't undo anything, and so can't preview it either. */
const reading = inside.filter(([name, { method }]) => method === 'GET' && name !== 'previewUndo');
/** What the platform may read without entering an organization: the customer's profile, and counts. */
const platforms = ['getOwnOrganization', 'listUsage', 'getDataExport'];
/** Reads of exports and erasures that haven't been requested. */
const notThere: Readonly<Record<string, RegExp>> = {
  getDataExport: /^404 no_export$/,
  getDataExportLink: /^404 no_export$/,
  getPersonExport: /^404 no_person_export$/,
  getPersonExportLink: /^404 no_person_export$/,
  getErasure: /^404 no_erasure$/,
};

const operator = () => product.signIn(superAdminEmail);
const admin = () => product.signIn(world.home.email);
const path = (rest = '') => `${world.home.path}/support-access${rest}`;

/** Sends a request as a user; fails if it is refused. */
async function as(token: Promise<string>, address: string, body?: object): Promise<Answer['body']> {
  const call = body === undefined ? {} : { method: 'POST', body };
  const answer = await product.api(address, { token: await token, ...call });
  if (answer.status >= 300) throw new Error(`${address}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Ends the operator's open support access, and opens another. */
async function open(input: object = {}): Promise<{ readonly id: string }> {
  await end();
  return await as(operator(), path(), { reason: 'Ticket 4711', minutes: 30, mode: 'read', ...input });
}

async function end(): Promise<void> {
  const { supportAccess } = await as(operator(), path('/current'));
  if (supportAccess !== null)
    await product.api(path(`/${supportAccess.id}/end`), { token: await operator(), method: 'POST' });
}

const reasonOf = async (name: string, route: Route) => {
  const { status, body } = await ask(name, route, world.own, { token: await operator() });
  return `${status} ${body.reason}`;
};

/** The audit log of a support access, once it has that many entries. */
const trailOf = (id: string, entries: number) =>
  eventually(async () => {
    const { items } = await as(admin(), `${world.home.path}/audit?supportAccess=${id}&limit=100`);
    return items.length >= entries ? items : undefined;
  }, `${entries} entries of ${id}`);

describe('without support access a super admin', () => {
  beforeAll(end);

  it.each(inside)('is refused %s, but for what is the platform’s business', async (name, route) => {
    const told = await reasonOf(name, route);
    if (platforms.includes(name)) expect(told).toMatch(/^200|^404 no_export$/);
    else expect(told).toBe('403 support_access_needed');
  });

  it('is in no organization by one in another', async () => {
    await open();
    const route = routes.listUsers;
    const { status, body } = await ask('listUsers', route, world.foreign, { token: await operator() });
    expect([status, body.reason]).toEqual([403, 'support_access_needed']);
  });
});

describe('in support access to read', () => {
  beforeAll(() => open());

  it.each(writing)('%s is refused', async (name, route) => {
    expect(await reasonOf(name, route)).toBe('403 support_access_is_read_only');
  });

  it.each(reading)('%s is answered', async (name, route) => {
    const told = await reasonOf(name, route);
    // A receipt for an entry that no checkpoint covers yet.
    if (name === 'getAuditReceipt') expect(told).toBe('409 entry_not_sealed');
    else expect(told).toMatch(notThere[name] ?? /^200/);
  });

  it('nothing is granted that is the organization’s to grant', async () => {
    const { id } = await open();
    for (const act of ['grant', 'narrow']) {
      const call = { token: await operator(), method: 'POST', body: { minutes: 10 } };
      expect((await product.api(path(`/${id}/${act}`), call)).status).toBe(403);
    }
  });
});

describe('what was seen', () => {
  it('is in the organization’s trail, once for each page, and names the support access', async () => {
    const { id } = await open();
    const { kpiId, teamId } = world.own;
    for (const page of [
      'kpis',
      `kpis/${kpiId}`,
      `kpis/${kpiId}/check-ins`,
      `teams/${teamId}`,
      'kpis',
      'users',
    ])
      await as(operator(), `${world.home.path}/${page}`);
    const entries = await trailOf(id, 5);
    const seen = entries.filter(({ action }: { action: string }) => action === 'support-access.viewed');
    const accesses = seen.map(({ details }: Answer['body']) => details.after.access);
    expect(accesses).toHaveLength(4);
    expect(accesses).toEqual(
      expect.arrayContaining([
        ...[{ seen: 'Kpi' }, { seen: 'User' }],
        ...[
          { seen: 'kpi', thing: kpiId },
          { seen: 'team', thing: teamId },
        ],
      ]),
    );
    for (const { userId, actorName, role, supportAccess } of entries)
      expect([userId, actorName, role, supportAccess]).toEqual([
        ...[expect.stringMatching(/^user_/), 'Sofia Keller', 'super_admin', id],
      ]);
    expect(entries.at(-1)).toMatchObject({
      action: 'support-access.opened',
      resource: `supportAccess/${id}`,
    });
  });

  it('counts for nobody’s use: neither as active nor as changes', async () => {
    await open({ mode: 'change', changeReason: 'To mend the name.' });
    const before = await as(operator(), `/api/admin/organizations/${world.home.organizationId}`);
    await as(operator(), `${world.home.path}/teams`, { name: 'Made in support' });
    const after = await as(operator(), `/api/admin/organizations/${world.home.organizationId}`);
    expect(after.lastActivityOn).toEqual(before.lastActivityOn);
  });
});

describe('what was changed', () => {
  it('names the support access in its entry', async () => {
    const { id } = await open({ mode: 'change', changeReason: 'The name is wrong.' });
    const team = await as(operator(), `${world.home.path}/teams`, { name: 'Named in support' });
    const entries = await trailOf(id, 2);
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'team.created', resource: `team/${team.id}`, supportAccess: id }),
    );
  });

  it('is refused from the moment at which an admin ends or narrows it', async () => {
    const { id } = await open({ mode: 'change', changeReason: 'The name is wrong.' });
    await as(admin(), path(`/${id}/narrow`), { mode: 'read' });
    expect(await reasonOf('createTeam', routes.createTeam)).toBe('403 support_access_is_read_only');
    await as(admin(), path(`/${id}/end`), {});
    expect(await reasonOf('listTeams', routes.listTeams)).toBe('403 support_access_needed');
  });
});

describe('a view as a user', () => {
  it('sees what they see, changes nothing, and names both', async () => {
    const { id } = await open({ mode: 'change', changeReason: 'The name is wrong.' });
    const member = world.userIds.team_member;
    await as(operator(), path(`/${id}/view-as`), { userId: member });
    const { rules, viewing } = await as(operator(), path('/current'));
    expect(viewing.userId).toBe(member);
    expect(rules).not.toContainEqual(expect.objectContaining({ subject: 'all' }));
    expect(await reasonOf('listUsers', routes.listUsers)).toBe('403 forbidden');
    expect(await reasonOf('createCheckIn', routes.createCheckIn)).toBe('403 support_access_views_only');
    const token = await operator();
    const hidden = await ask('getTeam', routes.getTeam, world.other, { token });
    expect(hidden.status).toBe(404);
    const { items } = await as(operator(), `${world.home.path}/kpis`);
    const own = await as(world.token('team_member'), `${world.home.path}/kpis`);
    expect(items).toEqual(own.items);
    const entries = await trailOf(id, 3);
    expect(entries).toContainEqual(
      expect.objectContaining({
        ...{ action: 'support-access.viewed', actorName: 'Sofia Keller' },
        details: expect.objectContaining({
          after: expect.objectContaining({ access: { seen: 'Kpi', viewedAs: member } }),
        }),
      }),
    );
    await as(operator(), path(`/${id}/view-as`), { userId: null });
    expect(await reasonOf('listUsers', routes.listUsers)).toMatch(/^200/);
  });
});

describe('the platform’s feed', () => {
  it('keeps what happens within organizations to itself', async () => {
    const { items } = await as(operator(), '/api/admin/audit?limit=100&action=kpi.');
    expect(items.length).toBeGreaterThan(0);
    for (const entry of items)
      expect(entry).toMatchObject({
        ...{ isWithheld: true, actorName: null, changes: [] },
        details: { before: null, after: null, changed: [] },
      });
    const { items: own } = await as(operator(), '/api/admin/audit?action=support-access.');
    expect(own[0].details.after).toBeTruthy();
  });
});

describe('the organization’s people', () => {
  it('see who was in and why: its admins, and nobody else', async () => {
    const { items, stage } = await as(admin(), path());
    expect(stage).toBe('reasoned');
    expect(items[0]).toMatchObject({
      operator: { name: 'Sofia Keller' },
      changeReason: 'The name is wrong.',
    });
    for (const caller of ['team_leader', 'team_member'] as const) {
      const { status } = await product.api(path(), { token: await world.token(caller) });
      expect(status).toBe(403);
    }
  });
});
