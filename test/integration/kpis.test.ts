import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../domain/subscription/catalogue.ts';
import { type Answer, eventually, startTestProduct, type TestProduct } from '../support/product.ts';
import { staffOf } from '../support/staff.ts';

let product: TestProduct;
let northwind: Awaited<ReturnType<typeof staffOf>>;
beforeAll(async () => {
  product = await startTestProduct();
  northwind = await staffOf(product);
});
afterAll(() => product.stop());

const kpiOf = (owner: unknown, rest: object = {}) => ({
  name: 'Beds ready by noon',
  unit: '%',
  direction: 'up',
  baseline: 0,
  target: 100,
  period: { start: '2026-01-01', end: '2099-12-31' },
  owner,
  ...rest,
});
const ofTeam = (teamId: string, rest: object = {}) => kpiOf({ kind: 'team', teamId }, rest);
const never = 'kpi_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const told = ({ status, body: { requestId: _, ...rest } }: Answer) => ({ status, ...rest });

async function created(body: unknown) {
  const answer = await northwind.admin('kpis', { method: 'POST', body });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
}

describe('KPIs through the API', () => {
  it('are made and run by an admin and by the super admin, for any team and person', async () => {
    const { admin, superAdmin, foreign, ids } = northwind;
    const kpi = await created(ofTeam(foreign, { assigneeIds: [ids.member] }));
    expect(kpi).toMatchObject({ status: 'no_data', progress: null, latest: null, revision: 1 });
    const one = `kpis/${kpi.id}`;
    expect((await admin(one)).headers.get('etag')).toBe('"1"');
    const reported = await superAdmin(`${one}/check-ins`, { method: 'POST', body: { value: 40 } });
    expect(reported).toMatchObject({ status: 201, body: { value: 40, kpiId: kpi.id, revision: 1 } });
    const correction = `${one}/check-ins/${reported.body.id}`;
    const corrected = await admin(correction, {
      method: 'PATCH',
      body: { value: 45, note: 'typo' },
      revision: 1,
    });
    expect(corrected).toMatchObject({ status: 200, body: { value: 45, note: 'typo', revision: 2 } });
    expect(await admin(one)).toMatchObject({
      body: { latest: { value: 45 }, progress: 0.45, status: 'on_track' },
    });
    expect((await admin(`${one}/check-ins`)).body.items).toMatchObject([{ value: 45 }]);
    const moved = { owner: { kind: 'user', userId: ids.idle }, unit: 'beds' };
    expect(await admin(one, { method: 'PATCH', body: moved, revision: 1 })).toMatchObject({
      status: 200,
      body: { ...moved, revision: 2, latest: { value: 45 } },
    });
    expect((await admin(one, { method: 'DELETE', revision: 2 })).status).toBe(204);
    expect((await admin(one)).status).toBe(404);
    expect((await admin(`${one}/check-ins`)).status).toBe(404);
  });

  it('are run by a leader for the team they lead, and for no other', async () => {
    const { leader, own, foreign, ids } = northwind;
    const mine = await leader('kpis', { method: 'POST', body: ofTeam(own) });
    expect(mine.status).toBe(201);
    const one = `kpis/${mine.body.id}`;
    const patch = (body: unknown, revision = 1) => leader(one, { method: 'PATCH', body, revision });
    expect((await leader('kpis', { method: 'POST', body: ofTeam(foreign) })).status).toBe(404);
    expect((await patch({ owner: { kind: 'team', teamId: foreign } })).status).toBe(404);
    expect((await patch({ owner: { kind: 'user', userId: ids.leader } })).status).toBe(403);
    expect(await patch({ assigneeIds: [ids.member] })).toMatchObject({ status: 200 });
    expect((await leader(`${one}/check-ins`, { method: 'POST', body: { value: 1 } })).status).toBe(201);
    expect((await leader(one, { method: 'DELETE', revision: 2 })).status).toBe(204);
    const theirs = await created(ofTeam(foreign));
    expect((await leader(`kpis/${theirs.id}`)).status).toBe(404);
  });

  it('are read by a member of the team, and reported on by those they are assigned to', async () => {
    const { member, other, idle, own, ids } = northwind;
    const kpi = await created(ofTeam(own, { name: 'Of the team' }));
    const shared = await created(ofTeam(own, { name: 'Assigned', assigneeIds: [ids.other] }));
    const checkIns = `kpis/${kpi.id}/check-ins`;
    expect((await member(`kpis/${kpi.id}`)).status).toBe(200);
    expect((await member(checkIns)).status).toBe(200);
    const report = { method: 'POST', body: { value: 10 } };
    expect(await member(checkIns, report)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await other(checkIns, report)).status).toBe(404);
    const reported = await other(`kpis/${shared.id}/check-ins`, report);
    expect(reported).toMatchObject({ status: 201, body: { by: ids.other } });
    const correction = { method: 'PATCH', body: { value: 11 }, revision: 1 };
    expect((await other(`kpis/${shared.id}/check-ins/${reported.body.id}`, correction)).status).toBe(403);
    for (const change of [
      { method: 'PATCH', body: { name: 'Mine' }, revision: 1 },
      { method: 'DELETE', revision: 1 },
    ])
      expect((await member(`kpis/${kpi.id}`, change)).status).toBe(403);
    expect((await member('kpis', { method: 'POST', body: ofTeam(own) })).status).toBe(403);
    const names = async (who: typeof member, query = '') =>
      (await who(`kpis?limit=100${query}`)).body.items.map(({ name }: { name: string }) => name);
    expect(await names(member, `&teamId=${own}`)).toEqual(['Assigned', 'Of the team']);
    expect(await names(other, `&teamId=${own}`)).toEqual(['Assigned']);
    expect(await names(member, `&assigneeId=${ids.other}`)).toContain('Assigned');
    expect(await names(other, '&status=on_track')).toContain('Assigned');
    expect(await names(idle)).not.toContain('Assigned');
  });

  it('are listed with the names of their owners, sorted, searched and by whom they belong to', async () => {
    const { admin, other, own, ids } = northwind;
    await created(ofTeam(own, { name: 'Zebra crossings', assigneeIds: [ids.other] }));
    const theirs = await created(kpiOf({ kind: 'user', userId: ids.other }, { name: 'Zebra zones' }));
    const names = async (query: string, who = admin) =>
      (await who(`kpis?limit=100&${query}`)).body.items.map(({ name }: { name: string }) => name);
    expect(await names('search=zeb')).toEqual(['Zebra crossings', 'Zebra zones']);
    expect(await names('search=zeb&sort=name&direction=desc')).toEqual(['Zebra zones', 'Zebra crossings']);
    expect(await names('search=zone%20zeb&due=now')).toEqual(['Zebra zones']);
    expect(await names('search=zeb&due=later')).toEqual([]);
    expect(await names(`ownerId=${ids.other}&search=zeb`)).toEqual(['Zebra zones']);
    expect(await names(`assigneeId=${ids.other}&search=zeb`, other)).toEqual([
      'Zebra crossings',
      'Zebra zones',
    ]);
    const { items, nextCursor } = (await admin('kpis?search=zeb&limit=1')).body;
    expect(items[0].ownerName).toEqual(expect.any(String));
    const next = `kpis?search=zeb&limit=1&cursor=${encodeURIComponent(nextCursor)}`;
    expect((await admin(next)).body.items).toMatchObject([{ id: theirs.id, ownerName: expect.any(String) }]);
    expect((await admin(`${next}&direction=desc`)).body.code).toBe('invalid_cursor');
    for (const wrong of ['sort=owner', 'direction=up', 'due=never', `search=${'x'.repeat(121)}`])
      expect((await admin(`kpis?${wrong}`)).body.code).toBe('validation_failed');
    const read = (await other(`kpis/${theirs.id}`)).body;
    expect(read.assignees).toEqual([{ userId: ids.other, name: read.ownerName }]);
  });

  it('have check-ins that their reporter may undo, and nobody else', async () => {
    const { admin, leader, other, superAdmin, own, ids } = northwind;
    const kpi = await created(ofTeam(own, { assigneeIds: [ids.other] }));
    const report = { method: 'POST', body: { value: 10 } };
    const checkIns = `kpis/${kpi.id}/check-ins`;
    const { body } = await other(checkIns, report);
    expect((await admin(checkIns)).body.items).toMatchObject([{ by: ids.other, byName: expect.any(String) }]);
    const undo = { method: 'DELETE', revision: 1 };
    const one = `${checkIns}/${body.id}`;
    expect((await leader(one, undo)).status).toBe(403);
    expect((await admin(one, undo)).status).toBe(403);
    expect(await superAdmin(one, undo)).toMatchObject({ status: 409, body: { reason: 'check_in_settled' } });
    expect((await other(one, { ...undo, revision: 2 })).body.code).toBe('stale');
    expect((await other(one, undo)).status).toBe(204);
    expect((await other(one, undo)).status).toBe(404);
    expect((await admin(`kpis/${kpi.id}`)).body).toMatchObject({ latest: null, recent: [] });
    const entry = await eventually(async () => {
      const entries = (await admin(`audit?action=check-in.undone&limit=5`)).body.items;
      return entries.find(({ resource }: { resource: string }) => resource.includes(body.id));
    }, 'the entry of the undone check-in');
    expect(entry).toMatchObject({ userId: ids.other });
  });

  it('that may not be seen are answered as those that never were', async () => {
    const { idle, own } = northwind;
    const kpi = await created(ofTeam(own));
    for (const path of ['', '/check-ins'])
      expect(told(await idle(`kpis/${kpi.id}${path}`))).toEqual(told(await idle(`kpis/${never}${path}`)));
    const check = '/check-ins/chk_01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const correction = { method: 'PATCH', body: { value: 1 }, revision: 1 };
    expect((await northwind.admin(`kpis/${kpi.id}${check}`, correction)).status).toBe(404);
    expect((await northwind.admin(`kpis/${never}${check}`, correction)).status).toBe(404);
  });

  it('are refused at the field when they make no sense', async () => {
    const { admin, own } = northwind;
    const paths = async (body: unknown) => {
      const answer = await admin('kpis', { method: 'POST', body });
      expect(answer.status).toBe(400);
      return answer.body.errors.map(({ path }: { path: string }) => path);
    };
    expect(await paths(ofTeam(own, { target: -1 }))).toEqual(['target']);
    expect(await paths(ofTeam(own, { direction: 'between', target: { low: 2, high: 1 } }))).toEqual([
      'target.high',
    ]);
    expect(await paths(ofTeam(own, { period: { start: '2026-02-01', end: '2026-01-01' } }))).toEqual([
      'period.end',
    ]);
    expect(await paths(ofTeam(own, { baseline: 2e15 }))).toEqual(['baseline', 'target']);
    expect(await paths(ofTeam(own, { baseline: 1e-300 }))).toEqual(['baseline']);
    expect(await paths(ofTeam('team_01ARZ3NDEKTSV4RRFFQ69G5FAV'))).toEqual(['owner.teamId']);
    expect(await paths(ofTeam(own, { assigneeIds: ['user_nobody'] }))).toEqual(['assigneeIds.0']);
    const kpi = await created(ofTeam(own));
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const late = await admin(`kpis/${kpi.id}/check-ins`, {
      method: 'POST',
      body: { value: 1, at: tomorrow },
    });
    expect([late.status, late.body.errors[0].path]).toEqual([400, 'at']);
  });

  it('keep each change when 200 write at once: one wins each state, the others are told', async () => {
    const { admin, own } = northwind;
    const kpi = await created(ofTeam(own));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        admin(`kpis/${kpi.id}`, { method: 'PATCH', body: { name: `Writer ${index}` }, revision: 1 }),
      ),
    );
    const [won, ...more] = answers.filter(({ status }) => status === 200);
    expect(more).toEqual([]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 412]));
    expect((await admin(`kpis/${kpi.id}`)).body).toMatchObject(won?.body);
  });

  it('count the latest of check-ins that come at once, and leave one entry in the audit trail for each', async () => {
    const { admin, own } = northwind;
    const kpi = await created(ofTeam(own));
    const times = Array.from({ length: 30 }, (_, index) =>
      new Date(Date.now() - index * 60_000).toISOString(),
    );
    const answers = await Promise.all(
      times.map((at, value) => admin(`kpis/${kpi.id}/check-ins`, { method: 'POST', body: { value, at } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(times.map(() => 201));
    expect((await admin(`kpis/${kpi.id}`)).body).toMatchObject({
      latest: { value: 0, at: times[0] },
      revision: 1,
    });
    const first = (await admin(`kpis/${kpi.id}/check-ins?limit=20`)).body;
    const rest = (await admin(`kpis/${kpi.id}/check-ins?limit=20&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items].map(({ value }) => value)).toEqual(times.map((_, index) => index));
    const entries = await eventually(async () => {
      const { body } = await admin('audit?limit=100');
      const own = body.items.filter(
        ({ details }: { details: { after: { kpiId?: string } | null } }) => details.after?.kpiId === kpi.id,
      );
      return own.length >= 31 && own;
    }, 'the audit trail of the check-ins');
    const actions = entries.map(({ action }: { action: string }) => action);
    expect(actions.filter((action: string) => action === 'check-in.created')).toHaveLength(30);
    expect(actions.filter((action: string) => action !== 'check-in.created')).toEqual(['kpi.created']);
  });

  it('are limited by the plan, exactly, when more come at once than there is room for', async () => {
    const { superAdmin } = northwind;
    const { body } = await superAdmin('/api/admin/organizations?search=cedar');
    const [cedar] = body.items;
    const home = `/api/organizations/${cedar.id}`;
    const [owner] = (await superAdmin(`${home}/users?limit=1`)).body.items;
    const room = catalogue.starter.kpis - cedar.counts.kpis;
    const answers = await Promise.all(
      Array.from({ length: room + 5 }, () =>
        superAdmin(`${home}/kpis`, { method: 'POST', body: kpiOf({ kind: 'user', userId: owner.userId }) }),
      ),
    );
    const refused = answers.filter(({ status }) => status === 402);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(room);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.body).toMatchObject({ code: 'entitlement_exceeded' });
    const [last] = answers.filter(({ status }) => status === 201);
    expect(
      (await superAdmin(`${home}/kpis/${last?.body.id}`, { method: 'DELETE', revision: 1 })).status,
    ).toBe(204);
    const again = kpiOf({ kind: 'user', userId: owner.userId });
    expect((await superAdmin(`${home}/kpis`, { method: 'POST', body: again })).status).toBe(201);
  });
});

describe('computed KPIs through the API', () => {
  it('are computed only from those that one may change; who sees the result sees no other source', async () => {
    const { admin, leader, member, own, foreign } = northwind;
    const [mine, theirs] = [await created(ofTeam(own)), await created(ofTeam(foreign, { name: 'Theirs' }))];
    const second = await created(ofTeam(own, { name: 'Second' }));
    const sum = (...sources: readonly string[]) =>
      ofTeam(own, { name: 'Sum', formula: { kind: 'sum', sources } });
    const make = (who: typeof admin, ...sources: readonly string[]) =>
      who('kpis', { method: 'POST', body: sum(...sources) });
    const hidden = await make(leader, mine.id, theirs.id);
    expect(hidden).toMatchObject({ status: 400, body: { errors: [{ path: 'formula.sources.1' }] } });
    const absent = await make(leader, mine.id, never);
    expect(told(hidden)).toEqual(told(absent));
    expect((await make(member, mine.id, second.id)).status).toBe(403);
    expect(await make(leader, mine.id, second.id)).toMatchObject({ status: 201 });
    const wide = await make(admin, mine.id, theirs.id);
    expect((await admin(`kpis/${wide.body.id}`)).body.sources).toMatchObject([
      { id: mine.id },
      { name: 'Theirs' },
    ]);
    expect((await leader(`kpis/${wide.body.id}`)).body.sources).toMatchObject([{ id: mine.id }]);
    expect((await leader(`kpis/${wide.body.id}`)).body.sources).toHaveLength(1);
    const reported = await admin(`kpis/${wide.body.id}/check-ins`, { method: 'POST', body: { value: 1 } });
    expect(reported).toMatchObject({ status: 409, body: { reason: 'kpi_computed' } });
    const change = { formula: { kind: 'ratio', sources: [mine.id, theirs.id] } };
    const patch = (who: typeof admin) =>
      who(`kpis/${wide.body.id}`, { method: 'PATCH', body: change, revision: 1 });
    expect((await patch(leader)).status).toBe(400);
    expect(await patch(admin)).toMatchObject({ status: 200, body: { formula: { kind: 'ratio' } } });
  });
});
