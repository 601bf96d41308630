import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TeamRole } from '../../../domain/access/roles.schema.ts';
import { newTeamId, UserId } from '../../../domain/ids.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { findTeamAndUser, setTeamMember } from '../../../domain/team/team-members.ts';
import { joinTeam } from '../../../domain/team/team-writes.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { join, organizationOf, retried } from './support/people.ts';
import { create, later, put, read, take } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('the members of a team', () => {
  it('come, change their role and go: the team, its count and the people say the same', async () => {
    const { scope, actor } = await organizationOf(plane, 'Members');
    const ann = await join(scope, 'ann', 'team_leader');
    const bob = await join(scope, 'bob', 'team_leader');
    const { id } = await create(scope, actor, 'Team', ann);
    const added = await put(scope, actor, id, bob, 'member', later(1));
    expect(added).toMatchObject({ memberCount: 2, leaderId: ann, revision: 2 });
    expect(await read(scope, id)).toEqual(added);
    const handed = await put(scope, actor, id, bob, 'leader', later(2));
    expect(handed).toMatchObject({ memberCount: 2, leaderId: bob, revision: 3 });
    expect(handed.members.map(({ userId, role }) => [userId, role])).toEqual([
      [bob, 'leader'],
      [ann, 'member'],
    ]);
    expect(await read(scope, id)).toEqual(handed);
    expect((await requireUser(scope, ann)).teams).toEqual({ [id]: 'member' });
    expect((await requireUser(scope, bob)).teams).toEqual({ [id]: 'leader' });
    const gone = await take(scope, actor, id, bob, later(3));
    expect(gone).toMatchObject({ memberCount: 1, revision: 4 });
    expect(gone).not.toHaveProperty('leaderId');
    expect(await read(scope, id)).toEqual(gone);
    expect((await requireUser(scope, bob)).teams).toEqual({});
    const back = await put(scope, actor, id, bob, 'member', later(4));
    expect(back.members).toHaveLength(2);
    await take(scope, actor, id, bob, later(5));
  });

  it('are led by nobody who is deactivated, however old the state that was read', async () => {
    const { scope, actor } = await organizationOf(plane, 'Paused');
    const eve = await join(scope, 'paused_eve', 'team_leader');
    const { id } = await create(scope, actor, 'Team');
    const before = await findTeamAndUser(scope, { teamId: id, userId: eve });
    const { revision } = await requireUser(scope, eve);
    await updateUser({ scope, actor, now }, { userId: eve, status: 'deactivated', revision });
    const lead = { role: 'leader', revision: before.team.item.revision } as const;
    for (const place of [before, await findTeamAndUser(scope, { teamId: id, userId: eve })])
      await expect(setTeamMember({ scope, actor, now }, place, lead)).rejects.toMatchObject({
        code: 'conflict',
      });
    await expect(create(scope, actor, 'Another', eve)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('are added to the state that was read only, and once', async () => {
    const { scope, actor } = await organizationOf(plane, 'Once');
    const userId = await join(scope, 'once');
    const { id: teamId } = await create(scope, actor, 'Team');
    const place = await findTeamAndUser(scope, { teamId, userId });
    await expect(
      setTeamMember({ scope, actor, now }, place, { role: 'member', revision: 9 }),
    ).rejects.toMatchObject({
      code: 'stale',
    });
    const attempts = [1, 2].map(() =>
      setTeamMember({ scope, actor, now }, place, { role: 'member', revision: 1 }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const again = await findTeamAndUser(scope, { teamId, userId });
    const same = await setTeamMember({ scope, actor, now }, again, { role: 'member', revision: 2 });
    expect(same).toMatchObject({ memberCount: 1, revision: 2 });
  });

  it('can come back and leave again', async () => {
    const { scope, actor } = await organizationOf(plane, 'Back');
    const userId = await join(scope, 'back_and_forth');
    const { id: teamId } = await create(scope, actor, 'Team');
    for (const time of [1, 2]) {
      const at = new Date(now.getTime() + time);
      await put(scope, actor, teamId, userId, 'member', at);
      await take(scope, actor, teamId, userId, at);
    }
    expect(await read(scope, teamId)).toMatchObject({ memberCount: 0, members: [], revision: 5 });
  });

  it('are people of the organization; leaving is for who is in', async () => {
    const { scope, actor } = await organizationOf(plane, 'Strangers');
    const { scope: elsewhere } = await organizationOf(plane, 'Outside');
    const stranger = await join(elsewhere, 'outsider');
    const { id: teamId } = await create(scope, actor, 'Team');
    await expect(findTeamAndUser(scope, { teamId, userId: stranger })).rejects.toMatchObject({
      code: 'not_found',
    });
    const userId = await join(scope, 'not_in');
    await expect(findTeamAndUser(scope, { teamId: newTeamId(now), userId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(take(scope, actor, teamId, userId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await read(scope, teamId)).toMatchObject({ memberCount: 0, revision: 1 });
  });

  it('are led by somebody with the role for it, also when the role goes at that moment', async () => {
    const { scope, actor } = await organizationOf(plane, 'Roles');
    const userId = await join(scope, 'no_leader');
    const { id: teamId } = await create(scope, actor, 'Team');
    await expect(put(scope, actor, teamId, userId, 'leader')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('needs the team lead'),
    });
    const place = await findTeamAndUser(scope, { teamId, userId });
    const believed = { ...place, user: { ...place.user, role: 'team_leader' as const } };
    await expect(
      setTeamMember({ scope, actor, now }, believed, { role: 'leader', revision: 1 }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(await read(scope, teamId)).toMatchObject({ memberCount: 0, members: [] });
  });

  it('have one leader when two are set at the same moment', async () => {
    const { scope, actor } = await organizationOf(plane, 'Duel');
    const [ann, bob] = [
      await join(scope, 'duel_ann', 'team_leader'),
      await join(scope, 'duel_bob', 'org_admin'),
    ];
    const { id } = await create(scope, actor, 'Team');
    const places = await Promise.all(
      [ann, bob].map((userId) => findTeamAndUser(scope, { teamId: id, userId })),
    );
    const outcomes = await Promise.allSettled(
      places.map((place) => setTeamMember({ scope, actor, now }, place, { role: 'leader', revision: 1 })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all([ann, bob].map((userId) => retried(() => put(scope, actor, id, userId, 'leader'))));
    const { members, leaderId, memberCount } = await read(scope, id);
    expect(members.filter(({ role }) => role === 'leader').map(({ userId }) => userId)).toEqual([leaderId]);
    expect(memberCount).toBe(2);
    for (const { userId, role } of members)
      expect((await requireUser(scope, userId)).teams).toEqual({ [id]: role });
  });

  it('are counted exactly, however many come at once', async () => {
    const { scope, actor } = await organizationOf(plane, 'Crowd');
    const { id } = await create(scope, actor, 'Team');
    const people = [];
    for (let index = 0; index < 20; index += 1) people.push(await join(scope, `crowd_${index}`));
    await Promise.all(people.map((userId) => retried(() => put(scope, actor, id, userId, 'member'))));
    const { memberCount, members, revision } = await read(scope, id);
    expect([memberCount, members.length, revision]).toEqual([20, 20, 21]);
    await Promise.all(people.map((userId) => retried(() => take(scope, actor, id, userId))));
    expect(await read(scope, id)).toMatchObject({ memberCount: 0, members: [], revision: 41 });
  });
});

describe('joining with an invitation', () => {
  it('adds the member, refused when the team has a leader already or isn’t there', async () => {
    const { scope, actor } = await organizationOf(plane, 'Joining');
    const leader = await join(scope, 'joining_leader', 'team_leader');
    const { id: teamId } = await create(scope, actor, 'Team');
    const person = (role: TeamRole) => ({ teamId, userId: leader, email: 'l@x.example', name: 'L', role });
    await transact(scope, joinTeam({ scope, actor, now }, person('leader')));
    expect(await read(scope, teamId)).toMatchObject({ leaderId: leader, memberCount: 1, revision: 2 });
    const other = { ...person('leader'), userId: UserId.parse('user_other') };
    const missing = { ...person('member'), teamId: newTeamId(now) };
    for (const refused of [other, missing])
      await expect(transact(scope, joinTeam({ scope, actor, now }, refused))).rejects.toMatchObject({
        code: 'conflict',
      });
  });
});
