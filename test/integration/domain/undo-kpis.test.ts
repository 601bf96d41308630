import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import type { KpiId } from '../../../domain/ids.ts';
import { createInitiative } from '../../../domain/initiative/create-initiative.ts';
import { deleteInitiative } from '../../../domain/initiative/delete-initiative.ts';
import { findInitiative } from '../../../domain/initiative/list-initiatives.ts';
import { updateInitiative } from '../../../domain/initiative/update-initiative.ts';
import { correctCheckIn } from '../../../domain/kpi/correct-check-in.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { requireKpi } from '../../../domain/kpi/find-kpi.ts';
import type { KpiChange } from '../../../domain/kpi/kpi.schema.ts';
import { checkInsAfter, findCheckIn } from '../../../domain/kpi/list-check-ins.ts';
import { updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import { itemKinds } from '../../../domain/nouns.ts';
import { expireParts } from '../../../domain/table/parts.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { create, newKpi, report } from './support/kpis.ts';
import { join, organizationOf } from './support/people.ts';
import { entryFor, recorded, soon, undoing } from './support/recorded.ts';
import { create as createTeam, read } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

/** A KPI as it reads, without revision, times and actor. */
async function content(scope: OrganizationScope, id: KpiId) {
  const { revision: _, updatedAt: __, updatedBy: ___, ...kpi } = await requireKpi(scope, id, soon());
  return kpi;
}

async function change(scope: OrganizationScope, actor: Actor, id: KpiId, wanted: KpiChange) {
  const before = await requireKpi(scope, id, soon());
  const after = withChange(before, wanted);
  return await updateKpi({ scope, actor, now: soon() }, { before, after, revision: before.revision });
}

async function world(name: string) {
  const { scope, actor } = await organizationOf(plane, name);
  const { id: teamId } = await createTeam(scope, actor, 'Team');
  return { scope, actor, teamId, ...undoing(plane, scope, actor) };
}

describe('undoing a change of a KPI', () => {
  it('puts back its goal part by part, its owner and its assignees', async () => {
    const { scope, actor, teamId, undo } = await world('Goals');
    const bob = await join(scope, 'goals_bob');
    const { id } = await create(scope, actor, newKpi({ kind: 'team', teamId }, { assigneeIds: [bob] }));
    const before = await content(scope, id);
    const wanted = {
      target: 80,
      baseline: 10,
      owner: { kind: 'user', userId: bob } as const,
      assigneeIds: [],
    };
    const entry = entryFor(await recorded(scope, () => change(scope, actor, id, wanted)), 'kpi.updated');
    const after = await content(scope, id);
    const undone = entryFor(await recorded(scope, () => undo(entry)), 'kpi.updated');
    expect(await content(scope, id)).toEqual(before);
    await undo(undone);
    expect(await content(scope, id)).toEqual(after);
  });

  it('leaves what was changed since, what no longer fits, and owners and assignees who are gone', async () => {
    const { scope, actor, teamId, undo, preview } = await world('Parts');
    const bob = await join(scope, 'parts_bob');
    const owner = { kind: 'user', userId: bob } as const;
    const { id } = await create(scope, actor, newKpi(owner, { assigneeIds: [bob] }));
    const wanted = { owner: { kind: 'team', teamId } as const, assigneeIds: [], target: 50 };
    const entry = entryFor(await recorded(scope, () => change(scope, actor, id, wanted)), 'kpi.updated');
    const { revision } = await requireUser(scope, bob);
    await removeUser({ scope, actor, now: soon() }, { userId: bob, revision });
    await change(scope, actor, id, { target: 60 });
    const seen = await preview(entry);
    expect(seen.fields.map(({ field, outcome }) => [field, outcome])).toEqual([
      ['target', 'changed_since'],
      ['owner', 'gone'],
      ['assigneeIds', 'put_back'],
    ]);
    expect(seen.effects).toEqual([{ kind: 'assignee_left_out' }]);
    expect(seen.names).toMatchObject({ [teamId]: 'Team', [bob]: null });
    const lifted = entryFor(
      await recorded(scope, () => change(scope, actor, id, { baseline: 40, target: 90 })),
      'kpi.updated',
    );
    await change(scope, actor, id, { target: 30, direction: 'down' });
    await expect(undo(lifted)).rejects.toMatchObject({ reason: 'kpi_inconsistent' });
  });
});

describe('undoing the deletion of a KPI', () => {
  it('brings it back with its check-ins and initiatives, also after the hourly run', async () => {
    const { scope, actor, teamId, undo } = await world('Gone');
    const kpi = await create(scope, actor, newKpi({ kind: 'team', teamId }));
    const { id } = kpi;
    const input = { title: 'Do', ownerId: await join(scope, 'gone_bob'), dueDate: '2026-12-31' };
    const initiative = await createInitiative(
      { scope, actor, now: soon() },
      { kpi, input: { ...input, status: 'planned' } },
    );
    await report(scope, actor, id, { value: 10 });
    await report(scope, actor, id, { value: 20, made: soon() });
    const before = await content(scope, id);
    const values = await checkInsAfter(scope, { kpiId: id, position: undefined, limit: 10 });
    const now = await requireKpi(scope, id, soon());
    const entry = entryFor(
      await recorded(scope, () =>
        deleteKpi({ scope, actor, now: soon() }, { kpi: now, revision: now.revision }),
      ),
      'kpi.deleted',
    );
    expect(await expireParts({ scope, actor, now: soon() }, itemKinds)).toBe(3);
    const restored = await recorded(scope, () => undo(entry));
    expect(restored.map(({ action }) => action)).toEqual(['kpi.restored']);
    expect(await content(scope, id)).toEqual(before);
    // The hourly run leaves the parts of restored items unchanged.
    expect(await expireParts({ scope, actor, now: soon() }, itemKinds)).toBe(0);
    const kept = await checkInsAfter(scope, { kpiId: id, position: undefined, limit: 10 });
    expect(kept.map(({ id: one, value }) => [one, value])).toEqual(
      values.map(({ id: one, value }) => [one, value]),
    );
    expect(await findInitiative(scope, { kpiId: id, initiativeId: initiative.id })).not.toHaveProperty(
      'expiresAt',
    );
    await report(scope, actor, id, { value: 30, made: soon() });
    await expect(undo(entryFor(restored, 'kpi.restored'))).rejects.toMatchObject({
      reason: 'undo_changed_since',
    });
  });

  it('is refused once its owner is gone, and takes it away again when it is undone', async () => {
    const { scope, actor, teamId, undo } = await world('Orphan');
    const kpi = await create(scope, actor, newKpi({ kind: 'team', teamId }));
    const entry = entryFor(
      await recorded(scope, () => deleteKpi({ scope, actor, now: soon() }, { kpi, revision: 1 })),
      'kpi.deleted',
    );
    const { revision } = await read(scope, teamId);
    const team = entryFor(
      await recorded(scope, () => deleteTeam({ scope, actor, now: soon() }, { teamId, revision })),
      'team.deleted',
    );
    await expect(undo(entry)).rejects.toMatchObject({ reason: 'undo_owner_gone' });
    await undo(team);
    const restored = entryFor(await recorded(scope, () => undo(entry)), 'kpi.restored');
    await undo(restored);
    await expect(requireKpi(scope, kpi.id, soon())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('undoing what was done to check-ins and initiatives', () => {
  it('puts back what a check-in said, and says no to the check-in itself', async () => {
    const { scope, actor, teamId, undo } = await world('Values');
    const { id } = await create(scope, actor, newKpi({ kind: 'team', teamId }));
    const reported = await recorded(scope, () => report(scope, actor, id, { value: 10 }));
    await expect(undo(entryFor(reported, 'check-in.created'))).rejects.toMatchObject({
      reason: 'undo_of_check_in',
    });
    const kpi = await requireKpi(scope, id, soon());
    const [entry] = await checkInsAfter(scope, { kpiId: id, position: undefined, limit: 1 });
    if (entry === undefined) throw new Error('there is a check-in');
    const corrected = await recorded(scope, () =>
      correctCheckIn({ scope, actor, now: soon() }, { kpi, entry, value: 11, note: 'Typo', revision: 1 }),
    );
    await undo(entryFor(corrected, 'check-in.corrected'));
    expect(await findCheckIn(scope, id, entry.id)).toMatchObject({ value: 10 });
    expect((await requireKpi(scope, id, soon())).latest).toMatchObject({ value: 10 });
  });

  it('puts back and brings back an initiative, as long as its KPI and its owner are there', async () => {
    const { scope, actor, teamId, undo } = await world('Initiative');
    const bob = await join(scope, 'ini_bob');
    const kpi = await create(scope, actor, newKpi({ kind: 'team', teamId }));
    const ctx = () => ({ scope, actor, now: soon() });
    const input = { title: 'Call', ownerId: bob, dueDate: '2026-12-01', status: 'planned' } as const;
    const made = await createInitiative(ctx(), { kpi, input });
    const key = { kpiId: kpi.id, initiativeId: made.id };
    const updated = entryFor(
      await recorded(scope, () =>
        updateInitiative(ctx(), made, { title: 'Write', notes: 'Soon', revision: 1 }),
      ),
      'initiative.updated',
    );
    await undo(updated);
    const stored = await findInitiative(scope, key);
    expect(stored).toMatchObject({ title: 'Call' });
    expect(stored).not.toHaveProperty('notes');
    if (stored === null) throw new Error('there is an initiative');
    const deleted = entryFor(
      await recorded(scope, () => deleteInitiative(ctx(), stored, { revision: stored.revision })),
      'initiative.deleted',
    );
    const restored = entryFor(await recorded(scope, () => undo(deleted)), 'initiative.restored');
    expect(await findInitiative(scope, key)).toMatchObject({ title: 'Call', createdAt: made.createdAt });
    const again = entryFor(await recorded(scope, () => undo(restored)), 'initiative.deleted');
    const { revision } = await requireUser(scope, bob);
    await removeUser(ctx(), { userId: bob, revision });
    await expect(undo(again)).rejects.toMatchObject({ reason: 'undo_owner_gone' });
    await expect(undo(updated)).rejects.toMatchObject({ reason: 'undo_done' });
  });
});
