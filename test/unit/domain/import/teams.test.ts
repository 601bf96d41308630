import { describe, expect, it } from 'vitest';
import { teamMembersLimit } from '../../../../domain/team/team.schema.ts';
import { imported, kindsOf, organization, plan, planned, team, user } from './planning.ts';

const tables = {
  organizations: [organization('one'), organization('two')],
  users: [
    user('lee', 'one'),
    user('ada', 'one', { role: 'org_admin' }),
    user('mia', 'one', { role: 'team_member' }),
    user('zoe', 'two'),
  ],
};
const joinedAt = '2023-05-02T09:00:00.000Z';
const member = (id: string, role: string, fields: object = { joinedAt }) => ({
  userId: `user_${id}`,
  role,
  ...fields,
});
const teamOf = (members: unknown, fields: object = {}) =>
  planned({ ...tables, teams: [team('t1', 'one', { members, ...fields })] });

describe('a legacy team', () => {
  it('keeps name, description, creator, members and times', async () => {
    const outcome = await teamOf([member('lee', 'leader'), member('mia', 'member')], {
      description: 'Sells\nthings',
      createdBy: 'user_ada',
      leaderId: 'user_lee',
    });
    expect(imported(outcome, 'team')).toMatchObject({
      name: 'Team t1',
      description: 'Sells\nthings',
      createdBy: 'user_ada',
      members: [
        { userId: 'user_lee', role: 'leader', joinedAt },
        { userId: 'user_mia', role: 'member', joinedAt },
      ],
      createdAt: '2023-05-01T09:00:00.000Z',
    });
    expect(outcome.findings).toEqual([]);
  });

  it('without an organization waits for a decision and goes where the mapping says', async () => {
    const teams = [team('t1', undefined, { members: [member('lee', 'leader')] })];
    expect(await planned({ ...tables, teams })).toMatchObject({ verdict: 'undecided' });
    const placed = await planned({ ...tables, teams }, { mapping: { teams: { t1: 'one' } } });
    expect(imported(placed, 'team').members).toHaveLength(1);
    const aside = await planned({ ...tables, teams }, { mapping: { setAside: ['t1'] } });
    expect(aside).toMatchObject({
      verdict: 'quarantined',
      quarantined: [{ content: { _id: 't1', name: 'Team t1' } }],
    });
  });

  it('keeps aside what an entry of a member has more of', async () => {
    const { quarantined } = await teamOf([member('mia', 'member', { joinedAt, name: 'Mia', desk: 4 })]);
    expect(quarantined).toMatchObject([{ part: 'members[0]', content: { desk: 4 } }]);
  });

  it('has its admin for a leader', async () => {
    const outcome = await teamOf([member('ada', 'admin')]);
    expect(imported(outcome, 'team').members).toMatchObject([{ role: 'leader' }]);
    expect(kindsOf(outcome)).toEqual(['role-mapped']);
  });

  it('has one leader: whom leaderId names, else the first who may', async () => {
    const both = [member('lee', 'leader'), member('ada', 'leader')];
    const byId = await teamOf(both, { leaderId: 'user_ada' });
    expect(imported(byId, 'team').members.map(({ role }) => role)).toEqual(['member', 'leader']);
    expect(kindsOf(byId)).toEqual(['leader-one-of-several']);
    const first = await teamOf([member('mia', 'leader'), ...both]);
    expect(imported(first, 'team').members.map(({ role }) => role)).toEqual(['member', 'leader', 'member']);
    expect(kindsOf(first)).toEqual(['leader-without-role', 'leader-one-of-several']);
  });

  it('gets the leader whom leaderId names though the members don’t', async () => {
    const outcome = await teamOf([member('mia', 'member')], { leaderId: 'user_lee' });
    expect(imported(outcome, 'team').members).toMatchObject([
      { userId: 'user_mia', role: 'member' },
      { userId: 'user_lee', role: 'leader' },
    ]);
    expect(kindsOf(outcome)).toEqual(['leader-not-a-member']);
  });

  it('keeps aside who is no user of its organization, and a leaderId that is nobody’s', async () => {
    const outcome = await teamOf([member('nobody', 'member'), member('zoe', 'leader'), 'text'], {
      leaderId: 'user_x',
    });
    expect(imported(outcome, 'team').members).toEqual([]);
    expect(outcome.quarantined.map(({ part }) => part)).toEqual([
      'members[0]',
      'members[1]',
      'members[2]',
      'leaderId',
    ]);
  });

  it('takes a member once, of the time the team was made at where joinedAt is missing, with the least role', async () => {
    const outcome = await teamOf([member('mia', 'boss', {}), member('mia', 'member')]);
    expect(imported(outcome, 'team').members).toEqual([
      { userId: 'user_mia', role: 'member', joinedAt: '2023-05-01T09:00:00.000Z' },
    ]);
    expect(kindsOf(outcome)).toEqual(['joined-missing', 'role-unknown', 'member-again']);
  });

  it('takes as many members as a team may have', async () => {
    const users = Array.from({ length: teamMembersLimit + 1 }, (_, index) => user(`u${index}`, 'one'));
    const members = users.map(({ userId }) => ({ userId, role: 'member', joinedAt }));
    const outcome = await planned({ ...tables, users, teams: [team('t1', 'one', { members })] });
    expect(imported(outcome, 'team').members).toHaveLength(teamMembersLimit);
    expect(outcome.quarantined).toMatchObject([{ reason: 'member-over-limit' }]);
  });

  it('whose name another team of the organization has waits for a decision', async () => {
    const teams = [
      team('t1', 'one', { name: 'Sales' }),
      team('t2', 'two', { name: 'Sales' }),
      team('t3', 'one', { name: 'SALES' }),
    ];
    const { outcomes } = await plan({ ...tables, teams });
    expect(outcomes.slice(-3).map(({ verdict }) => verdict)).toEqual(['imported', 'imported', 'undecided']);
    const renamed = await planned({ ...tables, teams }, { mapping: { teamNames: { t3: 'Sales 3' } } });
    expect(imported(renamed, 'team').name).toBe('Sales 3');
  });

  it('whose name can’t be taken waits for a decision', async () => {
    const outcome = await planned({ ...tables, teams: [team('t1', 'one', { name: 'x'.repeat(81) })] });
    expect(kindsOf(outcome)).toEqual(['name-unusable']);
  });
});
