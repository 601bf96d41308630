import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import { newTeamId, UserId } from '../../../domain/ids.ts';
import { createKpi } from '../../../domain/kpi/create-kpi.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { findKpi, requireKpi } from '../../../domain/kpi/find-kpi.ts';
import type { Kpi, KpiChange } from '../../../domain/kpi/kpi.schema.ts';
import { allKpis, assignedKpis, kpisNeedingOwner, kpisOfTeam } from '../../../domain/kpi/list-kpis.ts';
import { updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { catalogue } from '../../../domain/subscription/catalogue.ts';
import { stampOfDeletion } from '../../../domain/table/deletion-record.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { create, newKpi, report } from './support/kpis.ts';
import { join, organizationOf, retried } from './support/people.ts';
import { create as createTeam } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const at = (ms: number) => new Date(now.getTime() + ms);
const names = async (kpis: AsyncIterable<Kpi>) => {
  const found: string[] = [];
  for await (const { name } of kpis) found.push(name);
  return found;
};
const counted = async (scope: OrganizationScope) => (await requireOrganizationWithCounts(scope)).counts.kpis;

describe('creating a KPI', () => {
  it('counts it, and finds it by team, by person and in the organization', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Kpis');
    const team = await createTeam(scope, actor, 'Ops');
    const person = await join(scope, 'kpis_person');
    await create(
      scope,
      actor,
      newKpi({ kind: 'team', teamId: team.id }, { name: 'of team', assigneeIds: [person] }),
    );
    await create(
      scope,
      actor,
      newKpi({ kind: 'user', userId: admin }, { name: 'of admin', assigneeIds: [person] }),
      at(1),
    );
    await create(scope, actor, newKpi({ kind: 'user', userId: person }, { name: 'of person' }), at(2));
    expect(await names(allKpis(scope, now))).toEqual(['of person', 'of admin', 'of team']);
    expect(await names(kpisOfTeam(scope, team.id, now))).toEqual(['of team']);
    expect(await names(assignedKpis(scope, person, now))).toEqual(['of person', 'of admin', 'of team']);
    expect(await names(assignedKpis(scope, admin, now))).toEqual(['of admin']);
    const needing = await kpisNeedingOwner(scope, person, now);
    expect(needing.map(({ name }) => name)).toEqual(['of person', 'of team']);
    expect(await counted(scope)).toBe(3);
  });

  it('is refused for people who are deactivated; those it had before stay', async () => {
    const { scope, actor } = await organizationOf(plane, 'Deactivated');
    const person = await join(scope, 'kpis_deactivated');
    const owner = { kind: 'user', userId: person } as const;
    const kpi = await create(scope, actor, newKpi(owner));
    const { revision } = await requireUser(scope, person);
    await updateUser({ scope, actor, now }, { userId: person, status: 'deactivated', revision });
    await expect(create(scope, actor, newKpi(owner))).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'owner.userId' }],
    });
    const change = { before: kpi, after: withChange(kpi, { name: 'Again' }), revision: kpi.revision };
    expect(await updateKpi({ scope, actor, now }, change)).toMatchObject({ name: 'Again', owner });
  });

  it('is refused at the field for people and teams that are not there, and counts nothing', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Nobody');
    const stranger = UserId.parse('user_stranger');
    for (const [input, path] of [
      [newKpi({ kind: 'user', userId: stranger }), 'owner.userId'],
      [newKpi({ kind: 'user', userId: admin }, { assigneeIds: [admin, stranger] }), 'assigneeIds.1'],
      [newKpi({ kind: 'team', teamId: newTeamId(now) }), 'owner.teamId'],
    ] as const)
      await expect(create(scope, actor, input)).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [{ path }],
      });
    expect(await counted(scope)).toBe(0);
    expect(await names(assignedKpis(scope, admin, now))).toEqual([]);
  });

  it('keeps a team from being deleted until the KPI is somebody else’s', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Kept');
    const team = await createTeam(scope, actor, 'Ops');
    const kpi = await create(scope, actor, newKpi({ kind: 'team', teamId: team.id }));
    const drop = () => deleteTeam({ scope, actor, now }, { teamId: team.id, revision: team.revision });
    await expect(drop()).rejects.toMatchObject({ code: 'conflict' });
    await change(scope, actor, kpi, { owner: { kind: 'user', userId: admin } });
    expect(await names(kpisOfTeam(scope, team.id, now))).toEqual([]);
    await drop();
  });

  it('lets exactly as many as the plan has room for through, however many come at once', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Limit');
    const allowed = catalogue.starter.kpis;
    const outcomes = await Promise.allSettled(
      Array.from({ length: allowed + 12 }, () =>
        retried(() =>
          createKpi(
            { scope, actor, now },
            { input: newKpi({ kind: 'user', userId: admin }), plan: 'starter' },
          ),
        ),
      ),
    );
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals).toHaveLength(12);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'entitlement_exceeded' });
    expect(await counted(scope)).toBe(allowed);
  });
});

const change = (scope: OrganizationScope, actor: Actor, before: Kpi, of: KpiChange) =>
  updateKpi(
    { scope, actor, now: at(60_000) },
    { before, after: withChange(before, of), revision: before.revision },
  );

describe('changing a KPI', () => {
  it('answers what it is then, and follows its people', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Changed');
    const [one, other] = [await join(scope, 'changed_one'), await join(scope, 'changed_other')];
    const kpi = await create(
      scope,
      actor,
      newKpi({ kind: 'user', userId: admin }, { description: 'Why\nand how', assigneeIds: [one] }),
    );
    const changed = await change(scope, actor, kpi, {
      name: 'Renamed',
      description: null,
      direction: 'between',
      target: { low: 1, high: 2 },
      assigneeIds: [other],
    });
    expect(changed).toMatchObject({ name: 'Renamed', revision: 2, assigneeIds: [other] });
    expect(changed).not.toHaveProperty('description');
    expect(await requireKpi(scope, kpi.id, now)).toEqual(changed);
    expect(await names(assignedKpis(scope, one, now))).toEqual([]);
    expect(await names(assignedKpis(scope, other, now))).toEqual(['Renamed']);
  });

  it('answers what is stored, and nothing that was only asked for', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Stored');
    const before = await create(scope, actor, newKpi({ kind: 'user', userId: admin }));
    const after = { ...withChange(before, { unit: 'orders' }), createdBy: 'user_other' };
    const changed = await updateKpi({ scope, actor, now }, { before, after, revision: before.revision });
    expect(changed).toMatchObject({ unit: 'orders', createdBy: before.createdBy });
    expect(await requireKpi(scope, before.id, now)).toEqual(changed);
  });

  it('into what doesn’t fit together is refused at the field', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Unfit');
    const kpi = await create(scope, actor, newKpi({ kind: 'user', userId: admin }));
    const refused = (of: KpiChange, path: string) =>
      expect(() => withChange(kpi, of)).toThrow(
        expect.objectContaining({ fields: [expect.objectContaining({ path })] }),
      );
    refused({ direction: 'between' }, 'target');
    refused({ direction: 'down' }, 'target');
    refused({ baseline: 100 }, 'target');
    refused({ target: { low: 1, high: 2 } }, 'target');
    refused({ period: { start: '2026-01-01', end: '2026-01-01' } }, 'period.end');
    refused({ direction: 'between', target: { low: 2, high: 2 } }, 'target.high');
  });

  it('loses nobody’s change: of 200 at once each state is changed by one, and check-ins stand in nobody’s way', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Writers');
    const kpi = await create(scope, actor, newKpi({ kind: 'user', userId: admin }));
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 200 }, (_, index) => change(scope, actor, kpi, { name: `Name ${index}` })),
      ...Array.from({ length: 20 }, (_, value) =>
        retried(() => report(scope, actor, kpi.id, { value, made: at(value) })),
      ),
    ]);
    const done = outcomes.filter(({ status }) => status === 'fulfilled');
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'stale' });
    expect(done).toHaveLength(1 + 20);
    expect(await requireKpi(scope, kpi.id, at(60_000))).toMatchObject({ revision: 2, latest: { value: 19 } });
  });
});

describe('deleting a KPI', () => {
  it('takes it from its people and the count, and says who did it', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Deleted');
    const team = await createTeam(scope, actor, 'Ops');
    const kpi = await create(
      scope,
      actor,
      newKpi({ kind: 'team', teamId: team.id }, { assigneeIds: [admin] }),
    );
    await report(scope, actor, kpi.id, { value: 5 });
    await expect(deleteKpi({ scope, actor, now }, { kpi, revision: 2 })).rejects.toMatchObject({
      code: 'stale',
    });
    await deleteKpi({ scope, actor, now }, { kpi, revision: 1 });
    expect(await findKpi(scope, kpi.id, now)).toBeNull();
    expect(await names(assignedKpis(scope, admin, now))).toEqual([]);
    expect(await names(kpisOfTeam(scope, team.id, now))).toEqual([]);
    expect(await counted(scope)).toBe(0);
    const { createdAt } = kpi;
    const deletion = { entity: 'kpi', sortKey: kpi.id, createdAt, revision: 1 };
    expect(await stampOfDeletion(scope, deletion)).toMatchObject({
      changed: { by: actor.by, action: 'kpi.deleted' },
    });
  });
});

describe('removing somebody', () => {
  it('names the KPIs that nobody answers for any more', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Leaving');
    const person = await join(scope, 'leaving_person');
    const owned = await create(scope, actor, newKpi({ kind: 'user', userId: person }, { name: 'Owned' }));
    await create(scope, actor, newKpi({ kind: 'user', userId: admin }, { assigneeIds: [person] }), at(1));
    const { revision } = await requireUser(scope, person);
    expect(await removeUser({ scope, actor, now }, { userId: person, revision })).toEqual({
      needNewOwner: { teams: [], kpis: [{ id: owned.id, name: 'Owned' }] },
    });
  });
});
