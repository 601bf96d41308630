import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../domain/actor.ts';
import type { Context } from '../../../domain/context.ts';
import { type KpiId, type TeamId, UserId } from '../../../domain/ids.ts';
import { createInitiative } from '../../../domain/initiative/create-initiative.ts';
import { deleteInitiative } from '../../../domain/initiative/delete-initiative.ts';
import type { Initiative } from '../../../domain/initiative/initiative.schema.ts';
import {
  findInitiative,
  initiativesOfKpi,
  initiativesOfTeam,
} from '../../../domain/initiative/list-initiatives.ts';
import { updateInitiative } from '../../../domain/initiative/update-initiative.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { requireKpi } from '../../../domain/kpi/find-kpi.ts';
import { updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import { itemKinds } from '../../../domain/nouns.ts';
import { expireParts } from '../../../domain/table/parts.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { create as createKpi, newKpi } from './support/kpis.ts';
import { join, organizationOf } from './support/people.ts';
import { create as createTeam } from './support/teams.ts';

let ctx: Context;
let ownerId: UserId;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startControlPlane();
  ({ stop } = started);
  const { scope, actor } = await organizationOf(started.plane, 'Testing');
  ctx = { scope, actor, now };
  ownerId = UserId.parse(actor.by);
});
afterAll(() => stop());

/** A team with a KPI. */
async function teamWithKpi(name: string): Promise<{ teamId: TeamId; kpiId: KpiId }> {
  const { id: teamId } = await createTeam(ctx.scope, ctx.actor, name);
  const kpi = await createKpi(ctx.scope, ctx.actor, newKpi({ kind: 'team', teamId }, { name }));
  return { teamId, kpiId: kpi.id };
}

async function make(kpiId: KpiId, title = 'Ward rounds by ten', owner = ownerId): Promise<Initiative> {
  const kpi = await requireKpi(ctx.scope, kpiId, now);
  const input = { title, ownerId: owner, dueDate: '2026-12-15', status: 'planned' as const };
  return await createInitiative(ctx, { kpi, input });
}

const titlesOf = async (teamId: TeamId) =>
  (await initiativesOfTeam(ctx.scope, teamId, { position: undefined, limit: 10 }, now)).map(
    ({ title }) => title,
  );

async function handOver(kpiId: KpiId, teamId: TeamId) {
  const before = await requireKpi(ctx.scope, kpiId, now);
  const after = withChange(before, { owner: { kind: 'team', teamId } });
  await updateKpi(ctx, { before, after, revision: before.revision });
}

describe('an initiative', () => {
  it('is created on a KPI, and is of its team', async () => {
    const { teamId, kpiId } = await teamWithKpi('Crew');
    const made = await make(kpiId);
    expect(made).toEqual({
      id: made.id,
      organizationId: ctx.scope.organizationId,
      kpiId,
      kpiName: 'Crew',
      teamId,
      title: 'Ward rounds by ten',
      ownerId,
      dueDate: '2026-12-15',
      status: 'planned',
      createdBy: ctx.actor.by,
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
      revision: 1,
    });
  });

  it('stays when its owner leaves, without their name, until somebody chooses another', async () => {
    const { teamId, kpiId } = await teamWithKpi('Left behind');
    const leaving = await join(ctx.scope, 'leaving');
    const made = await make(kpiId, 'Left behind', leaving);
    const listed = async () =>
      (await initiativesOfTeam(ctx.scope, teamId, { position: undefined, limit: 10 }, now)).map(
        ({ ownerId, ownerName, status }) => [ownerId, ownerName, status],
      );
    expect(await listed()).toEqual([[leaving, 'leaving', 'planned']]);
    const { revision } = await requireUser(ctx.scope, leaving);
    await removeUser(ctx, { userId: leaving, revision });
    expect(await listed()).toEqual([[leaving, undefined, 'planned']]);
    const active = await updateInitiative(ctx, made, { status: 'active', revision: 1 });
    await updateInitiative(ctx, active, { ownerId, revision: 2 });
    expect(await listed()).toEqual([[ownerId, expect.any(String), 'active']]);
  });

  it('wants an owner who is there', async () => {
    const { kpiId } = await teamWithKpi('Ownerless');
    const kpi = await requireKpi(ctx.scope, kpiId, now);
    const input = { title: 'Nobody’s', dueDate: '2026-12-15', status: 'planned' as const };
    const nobody = UserId.parse('user_nobody');
    const refused = { code: 'validation_failed', fields: [{ path: 'ownerId' }] };
    await expect(createInitiative(ctx, { kpi, input: { ...input, ownerId: nobody } })).rejects.toMatchObject(
      refused,
    );
    const made = await make(kpiId);
    await expect(updateInitiative(ctx, made, { ownerId: nobody, revision: 1 })).rejects.toMatchObject(
      refused,
    );
  });

  it('isn’t made on a KPI that is gone, or another’s by now', async () => {
    const [crew, other] = [await teamWithKpi('Giving'), await teamWithKpi('Taking')];
    const kpi = await requireKpi(ctx.scope, crew.kpiId, now);
    await handOver(crew.kpiId, other.teamId);
    const input = { title: 'Late', ownerId, dueDate: '2026-12-15', status: 'planned' as const };
    await expect(createInitiative(ctx, { kpi, input })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is changed and deleted only in the state that was read', async () => {
    const { kpiId } = await teamWithKpi('Changing');
    const made = await make(kpiId);
    const changed = await updateInitiative(ctx, made, { status: 'active', notes: 'Since May', revision: 1 });
    expect(changed).toMatchObject({ status: 'active', notes: 'Since May', title: made.title, revision: 2 });
    await expect(updateInitiative(ctx, changed, { status: 'done', revision: 1 })).rejects.toMatchObject({
      code: 'stale',
    });
    const plain = await updateInitiative(ctx, changed, { notes: null, revision: 2 });
    expect(plain.notes).toBeUndefined();
    const stored = await findInitiative(ctx.scope, { kpiId, initiativeId: made.id });
    if (stored === null) throw new Error('the initiative is gone');
    await expect(deleteInitiative(ctx, stored, { revision: 2 })).rejects.toMatchObject({ code: 'stale' });
    await deleteInitiative(ctx, stored, { revision: 3 });
    expect(await findInitiative(ctx.scope, { kpiId, initiativeId: made.id })).toBeNull();
  });
});

describe('initiatives', () => {
  it('are listed page by page, of a KPI and of a team', async () => {
    const { teamId, kpiId } = await teamWithKpi('Pages');
    const made = [];
    for (const title of ['One', 'Two', 'Three']) made.push(await make(kpiId, title));
    const ids = made
      .map(({ id }) => id)
      .toSorted()
      .toReversed();
    const kpi = await requireKpi(ctx.scope, kpiId, now);
    const first = await initiativesOfKpi(ctx.scope, kpi, { position: undefined, limit: 2 });
    const rest = await initiativesOfKpi(ctx.scope, kpi, { position: first[1]?.initiativeId, limit: 2 });
    expect([...first, ...rest].map(({ initiativeId }) => initiativeId)).toEqual(ids);
    const start = await initiativesOfTeam(ctx.scope, teamId, { position: undefined, limit: 2 }, now);
    const [, last] = start;
    const position = last && { kpiId: last.kpiId, initiativeId: last.id };
    const end = await initiativesOfTeam(ctx.scope, teamId, { position, limit: 2 }, now);
    expect([...start, ...end].map(({ id }) => id)).toEqual(ids);
  });

  it('follow their KPI to another team', async () => {
    const [crew, other] = [await teamWithKpi('Handing over'), await teamWithKpi('Handed over')];
    await make(crew.kpiId);
    expect(await titlesOf(crew.teamId)).toEqual(['Ward rounds by ten']);
    await handOver(crew.kpiId, other.teamId);
    expect(await titlesOf(crew.teamId)).toEqual([]);
    expect(await titlesOf(other.teamId)).toEqual(['Ward rounds by ten']);
  });

  it('go with their KPI: out of the list at once, out of the table with the next run', async () => {
    const { teamId, kpiId } = await teamWithKpi('Ending');
    const { id: initiativeId } = await make(kpiId);
    const kpi = await requireKpi(ctx.scope, kpiId, now);
    await deleteKpi(ctx, { kpi, revision: kpi.revision });
    expect(await titlesOf(teamId)).toEqual([]);
    const run = { ...ctx, actor: systemActor('invitations', 'run-1') };
    expect(await expireParts(run, itemKinds)).toBe(1);
    expect(await expireParts(run, itemKinds)).toBe(0);
    const stored = await findInitiative(ctx.scope, { kpiId, initiativeId });
    expect(stored?.expiresAt).toBe(now.getTime() / 1000);
  });
});
