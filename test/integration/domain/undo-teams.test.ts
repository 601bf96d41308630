import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { create as createKpi, newKpi } from './support/kpis.ts';
import { join, organizationOf } from './support/people.ts';
import { entryFor, recorded, undoing } from './support/recorded.ts';
import { content, create, later, put, read, rename, take } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('undoing a change of a team', () => {
  it('puts back what it changed, and undoing that undoes it again', async () => {
    const { scope, actor } = await organizationOf(plane, 'Renamed');
    const { id } = await create(scope, actor, 'Before');
    const before = await content(scope, id);
    const changed = await recorded(scope, () =>
      rename(scope, actor, id, { name: 'After', description: 'New' }),
    );
    const after = await content(scope, id);
    const entry = entryFor(changed, 'team.updated');
    const { preview, undo } = undoing(plane, scope, actor);
    expect(await preview(entry)).toMatchObject({
      kind: 'puts_back',
      applied: false,
      until: '2026-12-24T12:00:00.000Z',
      fields: [
        { field: 'name', before: 'Before', after: 'After', now: 'After', outcome: 'put_back' },
        { field: 'description', after: 'New', now: 'New', outcome: 'put_back' },
      ],
      refusal: null,
      undone: null,
    });
    const undone = await recorded(scope, () => undo(entry));
    expect(await content(scope, id)).toEqual(before);
    const back = entryFor(undone, 'team.updated');
    expect(back.undoes).toEqual({ id: entry.id, timestamp: entry.timestamp });
    await undo(back);
    expect(await content(scope, id)).toEqual(after);
  });

  it('refuses only the fields that were changed since, and names them', async () => {
    const { scope, actor } = await organizationOf(plane, 'Half');
    const { id } = await create(scope, actor, 'First');
    const changed = await recorded(scope, () =>
      rename(scope, actor, id, { name: 'Second', description: 'Mine' }),
    );
    await rename(scope, actor, id, { description: 'Theirs' });
    const { undo } = undoing(plane, scope, actor);
    const { fields } = await undo(entryFor(changed, 'team.updated'));
    expect(fields.map(({ field, outcome }) => [field, outcome])).toEqual([
      ['name', 'put_back'],
      ['description', 'changed_since'],
    ]);
    expect(await content(scope, id)).toMatchObject({ name: 'First', description: 'Theirs' });
  });

  it('does nothing where all of it was changed since, or a name is taken again', async () => {
    const { scope, actor } = await organizationOf(plane, 'Taken');
    const { id } = await create(scope, actor, 'Old');
    const entry = entryFor(
      await recorded(scope, () => rename(scope, actor, id, { name: 'New' })),
      'team.updated',
    );
    const { id: other } = await create(scope, actor, 'old');
    const { undo, preview } = undoing(plane, scope, actor);
    expect((await preview(entry)).refusal).toMatchObject({ reason: 'team_name_taken' });
    await expect(undo(entry)).rejects.toMatchObject({ code: 'already_exists', reason: 'team_name_taken' });
    await rename(scope, actor, other, { name: 'Another' });
    await rename(scope, actor, id, { name: 'Newest' });
    await expect(undo(entry)).rejects.toMatchObject({ code: 'conflict', reason: 'undo_overtaken' });
  });

  it('happens once, also when two ask at the same moment or for another state', async () => {
    const { scope, actor } = await organizationOf(plane, 'Twice');
    const { id } = await create(scope, actor, 'One');
    const entry = entryFor(
      await recorded(scope, () => rename(scope, actor, id, { name: 'Two' })),
      'team.updated',
    );
    const { undo, preview } = undoing(plane, scope, { ...actor, name: 'Maria' });
    await expect(undo(entry, 77)).rejects.toMatchObject({ code: 'stale' });
    const outcomes = await Promise.allSettled([undo(entry), undo(entry), undo(entry)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    // The same change again has its own entry to undo.
    await rename(scope, actor, id, { name: 'Two' });
    await expect(undo(entry)).rejects.toMatchObject({ reason: 'undo_done', params: { name: 'Maria' } });
    expect((await preview(entry)).undone).toEqual({
      by: actor.by,
      name: 'Maria',
      at: expect.stringMatching(/^2026-11-24T12:00:00/),
    });
  });

  it('is possible for 30 days, by who may do it by hand, of entries that there are', async () => {
    const { scope, actor } = await organizationOf(plane, 'Rules');
    const { id } = await create(scope, actor, 'Mine');
    const entry = entryFor(
      await recorded(scope, () => rename(scope, actor, id, { name: 'Yours' })),
      'team.updated',
    );
    const in31Days = later(31 * 86_400_000);
    await expect(undoing(plane, scope, actor, in31Days).undo(entry)).rejects.toMatchObject({
      reason: 'undo_expired',
      params: { days: 30 },
    });
    const member = { ...actor, role: 'team_member' as const };
    await expect(undoing(plane, scope, member).undo(entry)).rejects.toMatchObject({ code: 'forbidden' });
    const absent = { ...entry, id: 'nothing' };
    await expect(undoing(plane, scope, actor).preview(absent)).rejects.toMatchObject({ code: 'not_found' });
    const other = await organizationOf(plane, 'Elsewhere');
    await expect(undoing(plane, other.scope, other.actor).preview(entry)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('undoing the deletion of a team', () => {
  it('brings it back with its members and lead; undone again it is gone', async () => {
    const { scope, actor } = await organizationOf(plane, 'Deleted');
    const [lead, bob, gone] = [
      await join(scope, 'del_lead', 'team_leader'),
      await join(scope, 'del_bob'),
      await join(scope, 'del_gone'),
    ];
    const { id } = await create(scope, actor, 'Team', lead);
    await put(scope, actor, id, bob, 'member');
    await put(scope, actor, id, gone, 'member');
    const before = await content(scope, id);
    const { revision } = await read(scope, id);
    const deleted = await recorded(scope, () => deleteTeam({ scope, actor, now }, { teamId: id, revision }));
    const left = await requireUser(scope, gone);
    await removeUser({ scope, actor, now }, { userId: gone, revision: left.revision });
    const { preview, undo } = undoing(plane, scope, actor);
    const entry = entryFor(deleted, 'team.deleted');
    expect(await preview(entry)).toMatchObject({
      kind: 'brings_back',
      revision: null,
      effects: [
        { kind: 'members_return', count: 2 },
        { kind: 'member_left_out', name: 'del_gone' },
      ],
      refusal: null,
    });
    await expect(preview(entryFor(deleted, 'team.member-removed'))).resolves.toMatchObject({
      refusal: { reason: 'undo_team_gone' },
    });
    const restored = await recorded(scope, () => undo(entry));
    expect(await content(scope, id)).toEqual({
      ...before,
      memberCount: 2,
      members: before.members.filter(({ userId }) => userId !== gone),
    });
    expect((await requireUser(scope, lead)).teams).toEqual({ [id]: 'leader' });
    expect(restored.every(({ undoes }) => undoes?.id === entry.id)).toBe(true);
    const again = await recorded(scope, () => undo(entryFor(restored, 'team.restored')));
    await expect(read(scope, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(entryFor(again, 'team.deleted').undoes?.id).toBe(entryFor(restored, 'team.restored').id);
    await undo(entryFor(again, 'team.deleted'));
    expect((await read(scope, id)).members).toHaveLength(2);
  });

  it('is refused while its name is taken, and its restoring while it owns KPIs or has changed', async () => {
    const { scope, actor } = await organizationOf(plane, 'Names');
    const { id } = await create(scope, actor, 'Sales');
    const entry = entryFor(
      await recorded(scope, () => deleteTeam({ scope, actor, now }, { teamId: id, revision: 1 })),
      'team.deleted',
    );
    const { undo } = undoing(plane, scope, actor);
    const { id: other } = await create(scope, actor, 'Sales');
    await expect(undo(entry)).rejects.toMatchObject({ code: 'already_exists' });
    await deleteTeam({ scope, actor, now }, { teamId: other, revision: 1 });
    const restored = entryFor(await recorded(scope, () => undo(entry)), 'team.restored');
    await createKpi(scope, actor, newKpi({ kind: 'team', teamId: id }));
    await expect(undo(restored)).rejects.toMatchObject({ reason: 'team_has_kpis' });
    const renamed = entryFor(
      await recorded(scope, () => rename(scope, actor, other === id ? other : id, { name: 'X' })),
      'team.updated',
    );
    expect(renamed.details.changed).toContain('name');
    await expect(undo(restored)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('undoing who is in a team', () => {
  it('takes out who was added, puts back who was taken out, and gives back their role', async () => {
    const { scope, actor } = await organizationOf(plane, 'Roster');
    const [ann, bob] = [
      await join(scope, 'ros_ann', 'team_leader'),
      await join(scope, 'ros_bob', 'team_leader'),
    ];
    const { id } = await create(scope, actor, 'Team', ann);
    const { undo, preview } = undoing(plane, scope, actor);
    const alone = await content(scope, id);
    const added = entryFor(
      await recorded(scope, () => put(scope, actor, id, bob, 'member')),
      'team.member-added',
    );
    await undo(added);
    expect(await content(scope, id)).toEqual(alone);
    await put(scope, actor, id, bob, 'member');
    await expect(undo(added)).rejects.toMatchObject({ reason: 'undo_done' });

    const both = await content(scope, id);
    const removed = entryFor(
      await recorded(scope, () => take(scope, actor, id, ann, later(5))),
      'team.member-removed',
    );
    await undo(removed);
    expect(await content(scope, id)).toEqual(both);

    const changes = await recorded(scope, () => put(scope, actor, id, bob, 'leader', later(9)));
    const stepped = changes.find(({ resource }) => resource.endsWith(ann)) ?? added;
    expect((await preview(stepped)).effects).toEqual([{ kind: 'lead_replaced', name: 'ros_bob' }]);
    await undo(stepped);
    expect(await content(scope, id)).toEqual(both);
  });

  it('brings a lead back as a member while somebody else leads', async () => {
    const { scope, actor } = await organizationOf(plane, 'Led');
    const [ann, bob] = [
      await join(scope, 'led_ann', 'team_leader'),
      await join(scope, 'led_bob', 'team_leader'),
    ];
    const { id } = await create(scope, actor, 'Team', ann);
    const removed = entryFor(await recorded(scope, () => take(scope, actor, id, ann)), 'team.member-removed');
    await put(scope, actor, id, bob, 'leader', later(1));
    const { undo } = undoing(plane, scope, actor);
    expect((await undo(removed)).effects).toEqual([{ kind: 'lead_as_member', name: 'led_ann' }]);
    expect((await read(scope, id)).members.map(({ userId, role }) => [userId, role])).toEqual([
      [bob, 'leader'],
      [ann, 'member'],
    ]);
  });
});
