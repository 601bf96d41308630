import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import type { TeamId, UserId } from '../../../domain/ids.ts';
import { createKpi } from '../../../domain/kpi/create-kpi.ts';
import type { NewKpi } from '../../../domain/kpi/kpi.schema.ts';
import { stampOfDeletion } from '../../../domain/table/deletion-record.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { membershipsOf } from '../../../domain/team/find-team.ts';
import { leaveTeams } from '../../../domain/team/leave-teams.ts';
import { applyIdentityEvent, type IdentityEvent } from '../../../domain/user/apply-identity-event.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, webhook } from './support/founding.ts';
import { newKpi } from './support/kpis.ts';
import { join, organizationOf } from './support/people.ts';
import { create, put, read, take } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

/** Makes a user the lead of `many` new teams, and returns their ids. */
async function leadTeams(scope: OrganizationScope, actor: Actor, leader: UserId, many: number) {
  const ids: TeamId[] = [];
  for (let index = 0; index < many; index += 1)
    ids.push((await create(scope, actor, `Team ${index}`, leader)).id);
  return ids;
}

describe('a user who is removed', () => {
  it('leaves their teams, and the answer names those that need a new leader', async () => {
    const { scope, actor } = await organizationOf(plane, 'Leaving');
    const userId = await join(scope, 'leaving', 'team_leader');
    const stays = await join(scope, 'staying', 'team_leader');
    const led = await create(scope, actor, 'Led', userId);
    await put(scope, actor, led.id, stays, 'member');
    const joined = await create(scope, actor, 'Joined', stays);
    await put(scope, actor, joined.id, userId, 'member');
    const removed = await removeUser({ scope, actor, now }, { userId, revision: 3 });
    expect(removed).toEqual({ needNewOwner: { teams: [{ id: led.id, name: 'Led' }], kpis: [] } });
    const leaderless = await read(scope, led.id);
    expect(leaderless).toMatchObject({ memberCount: 1, members: [{ userId: stays }], revision: 3 });
    expect(leaderless).not.toHaveProperty('leaderId');
    expect(await read(scope, joined.id)).toMatchObject({ memberCount: 1, leaderId: stays, revision: 3 });
    const membership = {
      entity: 'teamMember',
      sortKey: `${led.id}#member#${userId}`,
      createdAt: now.toISOString(),
      revision: now.getTime(),
    };
    expect(await stampOfDeletion(scope, membership)).toMatchObject({
      changed: { by: actor.by, action: 'team.member-removed' },
    });
  });

  it('had KPIs that the answer names too: those they owned, not those that others report on as well', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Owning');
    const userId = await join(scope, 'owning');
    const kpi = async (input: NewKpi) => await createKpi({ scope, actor, now }, { input, plan: 'growth' });
    const own = await kpi(newKpi({ kind: 'user', userId }, { name: 'Owned' }));
    await kpi(newKpi({ kind: 'user', userId: admin }, { assigneeIds: [userId] }));
    const removed = await removeUser({ scope, actor, now }, { userId, revision: 1 });
    expect(removed.needNewOwner).toEqual({ teams: [], kpis: [{ id: own.id, name: 'Owned' }] });
  });

  it('is kept, in all their teams, when the removal is refused', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'Kept');
    const { id } = await create(scope, actor, 'Team', admin);
    const removal = removeUser({ scope, actor, now }, { userId: admin, revision: 2 });
    await expect(removal).rejects.toMatchObject({ code: 'last_admin' });
    expect(await read(scope, id)).toMatchObject({ leaderId: admin, memberCount: 1 });
  });

  it('is kept in more teams than one transaction holds, when the removal of the last admin is refused', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'KeptInMany');
    const ids = await leadTeams(scope, actor, admin, 33);
    const before = await requireUser(scope, admin);
    const removal = removeUser({ scope, actor, now }, { userId: admin, revision: before.revision });
    await expect(removal).rejects.toMatchObject({ code: 'last_admin' });
    expect(await requireUser(scope, admin)).toEqual(before);
    for (const id of ids) expect(await read(scope, id)).toMatchObject({ leaderId: admin, memberCount: 1 });
  });

  it('is kept in them, deactivated, when the last admin’s account is deleted', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'OrphanedInMany');
    await leadTeams(scope, actor, admin, 33);
    const { teams, revision } = await requireUser(scope, admin);
    const tell = (event: IdentityEvent) =>
      applyIdentityEvent(webhook(platformScope(plane)), event, (id) => withinOrganization(plane, id));
    const { organizationId } = scope;
    await tell({ kind: 'state', userId: admin, clerkTime: 1, organizationId });
    for (let delivery = 0; delivery < 2; delivery += 1)
      expect(await tell({ kind: 'deleted', userId: admin })).toBe('left_without_admin');
    const kept = { status: 'deactivated', teams, revision: revision + 1 };
    expect(await requireUser(scope, admin)).toMatchObject(kept);
  });

  it('is kept in them, when the user was changed by somebody else meanwhile', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'ChangedMeanwhile');
    await leadTeams(scope, actor, admin, 33);
    const user = await requireUser(scope, admin);
    const earlier = { ...user, revision: user.revision - 1 };
    const leaving = leaveTeams({ scope, actor, now }, earlier, await membershipsOf(scope, admin), []);
    await expect(leaving).rejects.toMatchObject({ code: 'stale' });
    expect(await requireUser(scope, admin)).toEqual(user);
  });

  it('leaves them where another admin stays', async () => {
    const { scope, actor, admin } = await organizationOf(plane, 'OneOfTwo');
    await join(scope, 'one_of_two', 'org_admin');
    const ids = await leadTeams(scope, actor, admin, 33);
    const { revision } = await requireUser(scope, admin);
    await removeUser({ scope, actor, now }, { userId: admin, revision });
    for (const id of ids) expect(await read(scope, id)).toMatchObject({ memberCount: 0, members: [] });
  });

  it.each([31, 45])('leaves %i teams: as many as one transaction holds, and more', async (many) => {
    const { scope, actor } = await organizationOf(plane, `Many_${many}`);
    const userId = await join(scope, `many_${many}`, 'team_leader');
    const ids = await leadTeams(scope, actor, userId, many);
    const { needNewOwner } = await removeUser({ scope, actor, now }, { userId, revision: many + 1 });
    expect(needNewOwner.teams.map(({ id }) => id).sort()).toEqual(ids.toSorted());
    await expect(requireUser(scope, userId)).rejects.toMatchObject({ code: 'not_found' });
    for (const id of ids) expect(await read(scope, id)).toMatchObject({ memberCount: 0, members: [] });
  });

  it('leaves what the user’s own item names, however late the index is', async () => {
    const { scope, actor } = await organizationOf(plane, 'Late');
    const userId = await join(scope, 'late');
    const { id } = await create(scope, actor, 'Team');
    await put(scope, actor, id, userId, 'member');
    const user = await requireUser(scope, userId);
    const before = await membershipsOf(scope, userId);
    expect(before).toMatchObject([{ teamId: id, role: 'member' }]);
    for (const indexed of [[], before.map((member) => ({ ...member, role: 'leader' as const }))]) {
      const { writes } = await leaveTeams({ scope, actor, now }, user, indexed, []);
      expect(writes).toHaveLength(3);
    }
    const { writes } = await leaveTeams({ scope, actor, now }, user, [], []);
    await transact(scope, writes);
    expect(await read(scope, id)).toMatchObject({ memberCount: 0 });
  });

  it('is in no more than fifty teams', async () => {
    const { scope, actor } = await organizationOf(plane, 'Fifty');
    const userId = await join(scope, 'fifty', 'team_leader');
    for (let index = 0; index < 50; index += 1) await create(scope, actor, `Team ${index}`, userId);
    const { id } = await create(scope, actor, 'One more');
    await expect(put(scope, actor, id, userId, 'member')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('50 teams'),
    });
    const [first] = await membershipsOf(scope, userId);
    if (first !== undefined) await take(scope, actor, first.teamId, userId);
    await expect(put(scope, actor, id, userId, 'member')).resolves.toMatchObject({ memberCount: 1 });
  });
});

describe('a leader who becomes a team member', () => {
  it('stays in their teams and leads none, which then need a leader', async () => {
    const { scope, actor } = await organizationOf(plane, 'Demoted');
    const userId = await join(scope, 'demoted', 'team_leader');
    const led = [await create(scope, actor, 'One', userId), await create(scope, actor, 'Two', userId)];
    const { revision } = await requireUser(scope, userId);
    const changed = await updateUser({ scope, actor, now }, { userId, role: 'team_member', revision });
    const teams = Object.fromEntries(led.map(({ id }) => [id, 'member']));
    expect(changed).toMatchObject({ role: 'team_member', teams });
    expect(await requireUser(scope, userId)).toEqual(changed);
    for (const { id } of led) {
      const team = await read(scope, id);
      expect(team).toMatchObject({ memberCount: 1, revision: 2, members: [{ userId, role: 'member' }] });
      expect(team).not.toHaveProperty('leaderId');
    }
    const again = { userId, role: 'team_leader' as const, revision: changed.revision };
    expect(await updateUser({ scope, actor, now }, again)).toMatchObject({ teams });
  });
});
