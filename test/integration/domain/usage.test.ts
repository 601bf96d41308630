import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OrganizationId, UserId } from '../../../domain/ids.ts';
import { acceptInvitation } from '../../../domain/invitation/accept-invitation.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { directoryShards } from '../../../domain/table/layout.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { activityBetween, recordActivity } from '../../../domain/usage/record-activity.ts';
import { organizationsToLookAt, platformDays } from '../../../domain/usage/rollups.ts';
import type { UsagePeriod } from '../../../domain/usage/run.schema.ts';
import { runShard } from '../../../domain/usage/run-shard.ts';
import { snapshotsBetween, takeSnapshot } from '../../../domain/usage/take-snapshot.ts';
import { latestRuns } from '../../../domain/usage/usage-runs.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now, superAdmin } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
const scopes: OrganizationScope[] = [];
const today = '2026-11-24';
const yesterday = '2026-11-23';
const tomorrow = new Date('2026-11-25T01:10:00.000Z');

beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  for (let index = 0; index < 12; index += 1) {
    const { scope, invitation } = await found(plane, `Customer ${String(index).padStart(2, '0')}`);
    scopes.push(scope);
    if (index % 3 === 0) continue;
    const userId = UserId.parse(`user_admin${index}`);
    await acceptInvitation(
      { scope, actor: superAdmin, now },
      { userId, email: invitation.email, invitationId: invitation.id },
      claimsOf(scope),
    );
    await recordActivity(scope, userId, now);
  }
});
afterAll(() => stop());

const failures: OrganizationId[] = [];
beforeEach(() => {
  failures.length = 0;
});

/** Runs every shard, counting which organizations are opened; `open` may fail. */
async function runAll(
  period: UsagePeriod,
  at: Date,
  open = (id: OrganizationId) => withinOrganization(plane, id),
  platform = platformScope(plane),
) {
  const opened: OrganizationId[] = [];
  const counting = (id: OrganizationId) => {
    opened.push(id);
    return open(id);
  };
  const onFailure = (id: OrganizationId) => failures.push(id);
  const runs = [];
  for (let shard = 0; shard < directoryShards; shard += 1)
    runs.push(
      await runShard({ platform, directory: plane, open: counting, onFailure }, { period, shard }, at),
    );
  return { runs, opened };
}

const figures = async (date: string) => {
  const platform = platformScope(plane);
  const snapshots = await Promise.all(scopes.map((scope) => snapshotsBetween(scope, date, date)));
  return { snapshots, days: await platformDays(platform, date, date) };
};

describe('a day of use', () => {
  it('is written once, however many requests of a user come at the same moment', async () => {
    const [scope] = scopes;
    if (scope === undefined) throw new Error('no organization');
    const userId = UserId.parse('user_busy');
    const wrote = await Promise.all(Array.from({ length: 50 }, () => recordActivity(scope, userId, now)));
    expect(wrote.filter(Boolean)).toHaveLength(1);
    expect(await recordActivity(scope, userId, tomorrow)).toBe(true);
    expect(await recordActivity(scope, userId, new Date('2026-12-01T08:00:00.000Z'))).toBe(true);
    const activity = await activityBetween(scope, '2026-11-30', '2026-12-01');
    expect([...activity].map(([user, days]) => [user, [...days].sort()])).toEqual([
      ['user_busy', ['2026-11-24', '2026-11-25', '2026-12-01']],
    ]);
  });
});

describe('a run over all organizations', () => {
  it('computes each organization once, and their sums, the same when it is run again', async () => {
    const { runs, opened } = await runAll('hour', now);
    expect([...opened].sort()).toEqual(scopes.map(({ organizationId }) => organizationId).sort());
    expect(runs.every(({ status }) => status === 'done')).toBe(true);
    const first = await figures(today);
    expect(first.days).toMatchObject([
      {
        date: today,
        final: false,
        figures: {
          organizations: 12,
          newOrganizations: 12,
          organizationsServed: 12,
          users: 8,
          orgAdmins: 8,
          pendingInvitations: 4,
          // Eight admins, and one active non-member.
          activeUsers1: 9,
          'plan.growth': 12,
          'stage.invited': 4,
          'stage.admin_joined': 8,
        },
      },
    ]);
    await runAll('hour', now);
    expect(await figures(today)).toEqual(first);
  });

  it('notes in the directory how far each has come, and writes nothing where that is known', async () => {
    const stages = await Promise.all(
      scopes.map(async (scope) => (await requireOrganizationWithCounts(scope)).stage),
    );
    expect(stages.map((stage) => stage === 'invited')).toEqual(scopes.map((_, index) => index % 3 === 0));
    const updates: OrganizationId[] = [];
    await runAll('hour', now, (id) => {
      const scope = withinOrganization(plane, id);
      const client = new Proxy(scope.client, {
        get: (target, name, receiver) => {
          if (name !== 'send') return Reflect.get(target, name, receiver);
          return (command: object) => {
            if (command.constructor.name === 'UpdateCommand') updates.push(id);
            return Reflect.apply(target.send, target, [command]);
          };
        },
      });
      return { ...scope, client };
    });
    expect(updates).toEqual([]);
  });

  it('notes what health is judged by, and when a stage was reached', async () => {
    const [invited, joined] = await Promise.all(scopes.slice(0, 2).map(requireOrganizationWithCounts));
    const signals = {
      ...{ date: today, waitingInvitations: 0, leaderlessTeams: 0 },
      ...{ runningKpis: 0, quietKpis: 0 },
    };
    // An active non-member.
    expect(invited).toMatchObject({ admins: 0, signals: { ...signals, activeUsers: 1 }, reached: {} });
    expect(joined).toMatchObject({
      ...{ admins: 1, signals: { ...signals, activeUsers: 1 } },
      reached: { admin_joined: now.toISOString() },
    });
  });

  it('says which organizations to look at, and why', async () => {
    const { items, total } = await organizationsToLookAt(platformScope(plane));
    expect(total).toBe(4);
    expect(items.map(({ name, reasons }) => [name, reasons])).toContainEqual(['Customer 00', ['no_admin']]);
  });

  it('gives an organization no figures of a day before it was founded', async () => {
    const { runs } = await runAll('day', now);
    expect(runs.map(({ date, organizations }) => [date, organizations])).toEqual(
      Array.from({ length: directoryShards }, () => [yesterday, 0]),
    );
    expect((await figures(yesterday)).snapshots.flat()).toEqual([]);
  });
});

describe('a run that is killed', () => {
  it('goes on where its last checkpoint left it, and comes to the same figures', async () => {
    // A page is larger than this test's organizations: enough to be killed between two pages.
    const many = await startControlPlane();
    try {
      const platform = platformScope(many.plane);
      const founded = [];
      for (let index = 0; founded.length < 120; index += 1)
        founded.push(await found(many.plane, `Many ${String(index).padStart(3, '0')}`));
      const opened: OrganizationId[] = [];
      const failAfter = 60;
      const dying = {
        ...platform,
        client: new Proxy(platform.client, {
          get: (target, name, receiver) =>
            name === 'send' && opened.length >= failAfter
              ? () => Promise.reject(new Error('killed'))
              : Reflect.get(target, name, receiver),
        }),
      };
      const parts = {
        platform,
        directory: many.plane,
        open: (id: OrganizationId) => {
          opened.push(id);
          return withinOrganization(many.plane, id);
        },
        onFailure: (id: OrganizationId) => failures.push(id),
      };
      const tasks = Array.from({ length: directoryShards }, (_, shard) => ({
        shard,
        period: 'hour' as const,
      }));
      const outcomes = [];
      for (const task of tasks)
        outcomes.push(await Promise.allSettled([runShard({ ...parts, platform: dying }, task, now)]));
      expect(outcomes.flat().some(({ status }) => status === 'rejected')).toBe(true);
      for (const task of tasks) await runShard(parts, task, now);
      const [resumed] = await platformDays(platform, today, today);
      expect(resumed?.figures).toMatchObject({ organizations: 120, pendingInvitations: 120 });
      expect(new Set(opened).size).toBe(120);
    } finally {
      await many.stop();
    }
  });
});

describe('an organization that fails', () => {
  it('keeps no other from its figures, and is named in the run', async () => {
    const [, broken] = scopes;
    const at = new Date('2026-11-24T15:00:00.000Z');
    const { runs } = await runAll('hour', at, (id) => {
      if (id === broken?.organizationId) throw new Error('access denied');
      return withinOrganization(plane, id);
    });
    expect(failures).toEqual([broken?.organizationId]);
    expect(runs.flatMap(({ failed }) => failed)).toEqual([broken?.organizationId]);
    expect(runs.map(({ status }) => status).filter((status) => status === 'failed')).toHaveLength(1);
    const { days } = await figures(today);
    expect(days[0]?.figures.organizations).toBe(11);
    await runAll('hour', at);
    expect((await figures(today)).days[0]?.figures.organizations).toBe(12);
  });
});

describe('figures that are final', () => {
  it('close the day, and stay when the run comes again later', async () => {
    await runAll('day', tomorrow);
    const closed = await figures(today);
    expect(closed.snapshots.flat().every(({ final }) => final)).toBe(true);
    expect(closed.days).toMatchObject([
      { final: true, figures: { organizations: 12, newOrganizations: 12 } },
    ]);
    const [scope] = scopes;
    if (scope === undefined) throw new Error('no organization');
    const later = new Date('2026-12-20T12:00:00.000Z');
    const [before] = closed.snapshots[0] ?? [];
    expect(await takeSnapshot(scope, today, later)).toEqual(before);
    expect((await figures(today)).snapshots).toEqual(closed.snapshots);
  });
});

describe('the records of runs', () => {
  it('tell of the latest first', async () => {
    const runs = await latestRuns(platformScope(plane), 5);
    expect(runs).toHaveLength(5);
    expect(runs[0]).toMatchObject({ due: '2026-11-25', period: 'day', date: today, status: 'done' });
    expect(runs.map(({ due }) => due)).toEqual(
      runs
        .map(({ due }) => due)
        .sort()
        .reverse(),
    );
  });
});
