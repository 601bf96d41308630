import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTeamId, type TeamId, UserId } from '../../../domain/ids.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { catalogue } from '../../../domain/subscription/catalogue.ts';
import { stampOfDeletion } from '../../../domain/table/deletion-record.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireTeam } from '../../../domain/team/find-team.ts';
import { teamsAfter } from '../../../domain/team/list-teams.ts';
import { countTeamKpi } from '../../../domain/team/team-writes.ts';
import { updateTeam } from '../../../domain/team/update-team.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
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

describe('a new team', () => {
  it('begins with its leader, is counted, and shows the seed’s shape', async () => {
    const { scope, actor } = await organizationOf(plane, 'New');
    const leader = await join(scope, 'new_leader', 'team_leader');
    const description = 'Sells to the north';
    const input = { name: 'North', description, leaderId: leader };
    const team = await createTeam({ scope, actor, now }, { ...input, plan: 'starter' });
    expect(team).toEqual({
      id: team.id,
      name: 'North',
      description,
      organizationId: scope.organizationId,
      leaderId: leader,
      createdBy: actor.by,
      members: [
        {
          userId: leader,
          email: 'new_leader@people.example',
          name: 'new_leader',
          role: 'leader',
          joinedAt: now.toISOString(),
        },
      ],
      memberCount: 1,
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
      revision: 1,
    });
    expect(await read(scope, team.id)).toEqual(team);
    expect(await requireUser(scope, leader)).toMatchObject({ teams: { [team.id]: 'leader' }, revision: 2 });
    expect((await requireOrganizationWithCounts(scope)).counts.teams).toBe(1);
  });

  it('is refused a name that another team of the organization has, however it is written, and no other', async () => {
    const { scope, actor } = await organizationOf(plane, 'Names');
    const { scope: elsewhere } = await organizationOf(plane, 'Elsewhere');
    await create(scope, actor, 'Field  Sales');
    await expect(create(scope, actor, 'FIELD sales')).rejects.toMatchObject({
      code: 'already_exists',
      fields: [{ path: 'name' }],
    });
    await expect(create(elsewhere, actor, 'Field Sales')).resolves.toMatchObject({ name: 'Field Sales' });
    expect((await requireOrganizationWithCounts(scope)).counts.teams).toBe(1);
  });

  it('is refused a leader who isn’t in the organization or has no role that leads, and nothing is written', async () => {
    const { scope, actor } = await organizationOf(plane, 'Leaderless');
    const member = await join(scope, 'mere_member');
    await expect(create(scope, actor, 'One', member)).rejects.toMatchObject({ code: 'conflict' });
    const stranger = UserId.parse('user_stranger');
    await expect(create(scope, actor, 'One', stranger)).rejects.toMatchObject({ code: 'not_found' });
    expect(await teamsAfter(scope, { position: undefined, limit: 10 })).toEqual([]);
  });

  it('is within the plan, however many are created at once', async () => {
    const { scope, actor } = await organizationOf(plane, 'Plan');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        retried(() => createTeam({ scope, actor, now }, { name: `Team ${index}`, plan: 'starter' })),
      ),
    );
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(outcomes.length - refusals.length).toBe(catalogue.starter.teams);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'entitlement_exceeded' });
    expect((await requireOrganizationWithCounts(scope)).counts.teams).toBe(catalogue.starter.teams);
    expect(await teamsAfter(scope, { position: undefined, limit: 20 })).toHaveLength(catalogue.starter.teams);
  });
});

describe('changing a team', () => {
  it('renames it, frees the old name, and takes the description away', async () => {
    const { scope, actor } = await organizationOf(plane, 'Renaming');
    const { id: teamId } = await createTeam(
      { scope, actor, now },
      { name: 'Old', description: 'x', plan: 'growth' },
    );
    const change = { teamId, revision: 1, name: 'Fresh', description: null };
    const changed = await updateTeam({ scope, actor, now: later(1) }, change);
    expect(changed).toMatchObject({ name: 'Fresh', revision: 2 });
    expect(changed).not.toHaveProperty('description');
    expect(await read(scope, teamId)).toEqual(changed);
    await expect(create(scope, actor, 'old')).resolves.toMatchObject({ name: 'old' });
    await expect(create(scope, actor, 'fresh')).rejects.toMatchObject({ code: 'already_exists' });
    const spelled = await updateTeam({ scope, actor, now }, { teamId, revision: 2, name: 'FRESH' });
    expect(spelled).toMatchObject({ name: 'FRESH', revision: 3 });
  });

  it('is refused to an older state, a taken name, and a team that isn’t there', async () => {
    const { scope, actor } = await organizationOf(plane, 'Refused');
    const { id: teamId } = await create(scope, actor, 'A');
    await create(scope, actor, 'B');
    const change = (id: TeamId, revision: number, name: string) =>
      updateTeam({ scope, actor, now }, { teamId: id, revision, name });
    await expect(change(teamId, 7, 'C')).rejects.toMatchObject({ code: 'stale' });
    await expect(change(teamId, 1, 'b')).rejects.toMatchObject({ code: 'already_exists' });
    await expect(change(newTeamId(now), 1, 'C')).rejects.toMatchObject({ code: 'not_found' });
    expect(await read(scope, teamId)).toMatchObject({ name: 'A', revision: 1 });
  });
});

describe('deleting a team', () => {
  it('takes the memberships with it, frees the name, and says who did it', async () => {
    const { scope, actor } = await organizationOf(plane, 'Deleting');
    const leader = await join(scope, 'deleted_leader', 'team_leader');
    const { id: teamId } = await create(scope, actor, 'Team', leader);
    await deleteTeam({ scope, actor, now }, { teamId, revision: 1 });
    await expect(requireTeam(scope, teamId)).rejects.toMatchObject({ code: 'not_found' });
    expect((await requireUser(scope, leader)).teams).toEqual({});
    expect((await requireOrganizationWithCounts(scope)).counts.teams).toBe(0);
    const deletion = { entity: 'team', sortKey: teamId, createdAt: now.toISOString(), revision: 1 };
    expect(await stampOfDeletion(scope, deletion)).toMatchObject({
      changed: { by: actor.by, action: 'team.deleted' },
    });
    const membership = {
      entity: 'teamMember',
      sortKey: `${teamId}#member#${leader}`,
      createdAt: now.toISOString(),
      revision: now.getTime(),
    };
    expect(await stampOfDeletion(scope, membership)).toMatchObject({
      changed: { by: actor.by, action: 'team.member-removed' },
    });
    await expect(create(scope, actor, 'Team')).resolves.toMatchObject({ name: 'Team' });
    await expect(deleteTeam({ scope, actor, now }, { teamId, revision: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is refused to an older state, while KPIs are the team’s, and beyond what is taken out at once', async () => {
    const { scope, actor } = await organizationOf(plane, 'Kept');
    const { id: teamId } = await create(scope, actor, 'Team');
    await expect(deleteTeam({ scope, actor, now }, { teamId, revision: 2 })).rejects.toMatchObject({
      code: 'stale',
    });
    await transact(scope, [countTeamKpi(scope, teamId, 1)]);
    await expect(deleteTeam({ scope, actor, now }, { teamId, revision: 1 })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('KPIs'),
    });
    await transact(scope, [countTeamKpi(scope, teamId, -1)]);
    const people = [];
    for (let index = 0; index < 31; index += 1) people.push(await join(scope, `kept_${index}`));
    for (const userId of people) await put(scope, actor, teamId, userId, 'member');
    await expect(deleteTeam({ scope, actor, now }, { teamId, revision: 32 })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('31 members'),
    });
    const [first] = people;
    if (first !== undefined) await take(scope, actor, teamId, first);
    await deleteTeam({ scope, actor, now }, { teamId, revision: 33 });
    for (const userId of people) expect((await requireUser(scope, userId)).teams).toEqual({});
  });

  it('leaves no team that a KPI can be counted for', async () => {
    const { scope, actor } = await organizationOf(plane, 'Counted');
    const { id: teamId } = await create(scope, actor, 'Team');
    await deleteTeam({ scope, actor, now }, { teamId, revision: 1 });
    await expect(transact(scope, [countTeamKpi(scope, teamId, 1)])).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('the list of teams', () => {
  it('is by name, in full pages that together are the list', async () => {
    const { scope, actor } = await organizationOf(plane, 'Listed');
    for (const name of ['delta', 'Alpha', 'charlie', 'Écho', 'bravo']) await create(scope, actor, name);
    const names: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await teamsAfter(scope, { position: after, limit: 2 });
      if (page.length === 0) break;
      names.push(...page.map(({ name }) => name));
      after = page.at(-1)?.name.toLowerCase();
    }
    expect(names).toEqual(['Alpha', 'bravo', 'charlie', 'delta', 'Écho']);
  });

  it('is searched by the beginnings of words, page by page', async () => {
    const { scope, actor } = await organizationOf(plane, 'Searched');
    for (const name of ['Warehouse South', 'Customer Care', 'Écho South', 'Southern Sales', 'Loud'])
      await create(scope, actor, name);
    const found = async (position: string | undefined) =>
      (await teamsAfter(scope, { position, limit: 2, search: 'sout' })).map(({ name }) => name);
    expect(await found(undefined)).toEqual(['Southern Sales', 'Warehouse South']);
    expect(await found('warehouse south')).toEqual(['Écho South']);
    expect(await teamsAfter(scope, { position: undefined, limit: 2, search: 'echo so' })).toHaveLength(1);
  });
});
