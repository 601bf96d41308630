import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTeamId, TeamId, UserId } from '../../../domain/ids.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { addMembers } from '../../../domain/team/add-members.ts';
import { findTeamAndUser, setTeamMember } from '../../../domain/team/team-members.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { join, organizationOf } from './support/people.ts';
import { create, later, put, read } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('people who are added to a team together', () => {
  it('are all in it: the team, its count and the people say the same', async () => {
    const { scope, actor } = await organizationOf(plane, 'Together');
    const people = [await join(scope, 'tg_a'), await join(scope, 'tg_b'), await join(scope, 'tg_c')];
    const { id: teamId } = await create(scope, actor, 'Team');
    const { team, results } = await addMembers({ scope, actor, now: later(1) }, { teamId, userIds: people });
    expect(results).toEqual(people.map((userId) => ({ userId, status: 'added' })));
    expect(team).toMatchObject({ memberCount: 3, revision: 2 });
    expect(await read(scope, teamId)).toEqual(team);
    for (const userId of people)
      expect((await requireUser(scope, userId)).teams).toEqual({ [teamId]: 'member' });
  });

  it('have a result each: who is in it stays as they are, and who can’t be added keeps nobody out', async () => {
    const { scope, actor } = await organizationOf(plane, 'Each');
    const { scope: elsewhere } = await organizationOf(plane, 'Others');
    const stranger = await join(elsewhere, 'each_stranger');
    const [lead, fresh] = [await join(scope, 'each_lead', 'team_leader'), await join(scope, 'each_fresh')];
    const { id: teamId } = await create(scope, actor, 'Team', lead);
    const userIds = [lead, stranger, fresh, UserId.parse('user_nobody'), fresh];
    const { team, results } = await addMembers({ scope, actor, now }, { teamId, userIds });
    expect(results.map(({ userId, status, reason }) => [userId, status, reason])).toEqual([
      [lead, 'already_member', undefined],
      [stranger, 'refused', 'user_not_found'],
      [fresh, 'added', undefined],
      ['user_nobody', 'refused', 'user_not_found'],
    ]);
    expect(team).toMatchObject({ leaderId: lead, memberCount: 2 });
    const again = await addMembers({ scope, actor, now: later(1) }, { teamId, userIds: [fresh, lead] });
    expect(again.results.map(({ status }) => status)).toEqual(['already_member', 'already_member']);
    expect(again.team).toEqual(team);
  });

  it('come beside what else changes the team at that moment', async () => {
    const { scope, actor } = await organizationOf(plane, 'Beside');
    const people = await Promise.all(['bs_a', 'bs_b', 'bs_c', 'bs_d'].map((id) => join(scope, id)));
    const { id: teamId } = await create(scope, actor, 'Team');
    const halves = [people.slice(0, 2), people.slice(2)];
    await Promise.all(halves.map((userIds) => addMembers({ scope, actor, now }, { teamId, userIds })));
    expect(await read(scope, teamId)).toMatchObject({ memberCount: 4 });
  });

  it('are added to a team that is there', async () => {
    const { scope, actor } = await organizationOf(plane, 'NoTeam');
    const userIds = [await join(scope, 'nt_a')];
    await expect(
      addMembers({ scope, actor, now }, { teamId: newTeamId(now), userIds }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are not in more teams than anybody may be in', async () => {
    const { scope, actor } = await organizationOf(plane, 'Most');
    const busy = await join(scope, 'most_busy');
    for (let number = 0; number < 50; number += 1) {
      const { id } = await create(scope, actor, `Team ${number}`);
      await put(scope, actor, id, busy, 'member');
    }
    const { id: teamId } = await create(scope, actor, 'One more');
    const { results } = await addMembers({ scope, actor, now }, { teamId, userIds: [busy] });
    expect(results).toMatchObject([{ status: 'refused', code: 'conflict', reason: 'user_in_most_teams' }]);
  });
});

describe('a team member who is made the leader', () => {
  const promotion = { role: 'leader', promote: true } as const;

  it('gets the role for it in the same act; who led stays a member and keeps their role', async () => {
    const { scope, actor } = await organizationOf(plane, 'Promoted');
    const [former, next] = [await join(scope, 'pr_former', 'team_leader'), await join(scope, 'pr_next')];
    const { id: teamId } = await create(scope, actor, 'Team', former);
    await put(scope, actor, teamId, next, 'member');
    const place = await findTeamAndUser(scope, { teamId, userId: next });
    const led = await setTeamMember({ scope, actor, now }, place, { ...promotion, revision: 2 });
    expect(led).toMatchObject({ leaderId: next, memberCount: 2, revision: 3 });
    expect(await requireUser(scope, next)).toMatchObject({
      role: 'team_leader',
      teams: { [teamId]: 'leader' },
    });
    expect(await requireUser(scope, former)).toMatchObject({
      role: 'team_leader',
      teams: { [teamId]: 'member' },
    });
  });

  it('comes into the team with it, where they were not in it', async () => {
    const { scope, actor } = await organizationOf(plane, 'FromOutside');
    const userId = await join(scope, 'fo_next');
    const { id } = await create(scope, actor, 'Team');
    const teamId = TeamId.parse(id);
    const place = await findTeamAndUser(scope, { teamId, userId });
    const led = await setTeamMember({ scope, actor, now }, place, { ...promotion, revision: 1 });
    expect(led).toMatchObject({ leaderId: userId, memberCount: 1 });
    expect(await requireUser(scope, userId)).toMatchObject({ role: 'team_leader' });
  });

  it('keeps a higher role', async () => {
    const { scope, actor } = await organizationOf(plane, 'Higher');
    const userId = await join(scope, 'hi_admin', 'org_admin');
    const { id: teamId } = await create(scope, actor, 'Team');
    const place = await findTeamAndUser(scope, { teamId, userId });
    await setTeamMember({ scope, actor, now }, place, { ...promotion, revision: 1 });
    expect(await requireUser(scope, userId)).toMatchObject({ role: 'org_admin' });
  });

  it('is refused where they are deactivated, or were given another role meanwhile, and nothing is written', async () => {
    const { scope, actor } = await organizationOf(plane, 'NotPromoted');
    const userId = await join(scope, 'np_next');
    const { id: teamId } = await create(scope, actor, 'Team');
    const place = await findTeamAndUser(scope, { teamId, userId });
    for (const seen of [{ status: 'deactivated' }, { role: 'team_member' }] as const) {
      const stale = { ...place, user: { ...place.user, ...seen } };
      if ('role' in seen) {
        const { promoteToLead } = await import('../../../domain/user/team-role.ts');
        const { transact } = await import('../../../domain/table/transaction.ts');
        const other = await create(scope, actor, 'Other');
        await transact(scope, [promoteToLead({ scope, actor, now }, { userId, teamId: other.id })]);
      }
      await expect(
        setTeamMember({ scope, actor, now }, stale, { ...promotion, revision: 1 }),
      ).rejects.toMatchObject({ code: 'conflict' });
    }
    expect(await read(scope, teamId)).toMatchObject({ memberCount: 0, revision: 1 });
  });
});
