import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformCohorts } from '../../../domain/analytics/platform-analytics.ts';
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
import { backtestHealth } from '../../../domain/usage/health-backtest.ts';
import { recordActivity } from '../../../domain/usage/record-activity.ts';
import { organizationsToLookAt } from '../../../domain/usage/rollups.ts';
import type { UsagePeriod } from '../../../domain/usage/run.schema.ts';
import { runShard } from '../../../domain/usage/run-shard.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now, superAdmin } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
let invited: OrganizationScope;
let joined: OrganizationScope;
const admin = UserId.parse('user_admin');
const today = '2026-11-24';

beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  invited = (await found(plane, 'Invited')).scope;
  const { scope, invitation } = await found(plane, 'Joined');
  joined = scope;
  await acceptInvitation(
    { scope, actor: superAdmin, now },
    { userId: admin, email: invitation.email, invitationId: invitation.id },
    claimsOf(scope),
  );
  await recordActivity(scope, admin, now);
  await runAll('hour', '2026-11-24T12:00:00.000Z');
  await runAll('day', '2026-11-25T01:10:00.000Z');
});
afterAll(() => stop());

async function runAll(
  period: UsagePeriod,
  at: string,
  open = (id: OrganizationId) => withinOrganization(plane, id),
): Promise<void> {
  const parts = { platform: platformScope(plane), directory: plane, open, onFailure: () => undefined };
  for (let shard = 0; shard < directoryShards; shard += 1)
    await runShard(parts, { period, shard }, new Date(at));
}

describe('what health was a week ago', () => {
  const weekAgoOf = async (scope: OrganizationScope) => (await requireOrganizationWithCounts(scope)).weekAgo;

  it('is that day’s snapshot, or the one of two days before it where runs were lost', async () => {
    expect(await weekAgoOf(joined)).toBeUndefined();
    await runAll('hour', '2026-12-01T09:00:00.000Z');
    expect(await weekAgoOf(joined)).toMatchObject({ date: today, admins: 1, counts: { users: 1 } });
    const { items } = await organizationsToLookAt(platformScope(plane));
    const { health } = items.find(({ organizationId }) => organizationId === invited.organizationId) ?? {};
    expect(health).toMatchObject({ score: 90, weekAgo: { date: today, score: 90 } });
    // No run on 3 December: that of 1 December is used.
    await runAll('hour', '2026-12-10T09:00:00.000Z');
    expect(await weekAgoOf(joined)).toMatchObject({ date: '2026-12-01' });
    await runAll('hour', '2026-12-30T09:00:00.000Z');
    expect(await weekAgoOf(joined)).toBeUndefined();
  });

  it('is not known of an organization without snapshots', async () => {
    const { scope } = await found(plane, 'Newcomer');
    await runAll('hour', '2026-12-31T09:00:00.000Z');
    expect(await weekAgoOf(scope)).toBeUndefined();
  });
});

describe('cohorts', () => {
  it('count by starting month who was active in each month since, from the daily runs', async () => {
    // The last day of December, after January has begun.
    await runAll('day', '2027-01-01T01:10:00.000Z');
    await recordActivity(joined, admin, new Date('2027-01-05T08:00:00.000Z'));
    const late = '2027-01-06T01:10:00.000Z';
    await runAll('day', late);
    const cohorts = await platformCohorts(platformScope(plane), new Date(late));
    expect(cohorts).toEqual({
      date: '2027-01-05',
      months: ['2026-11', '2026-12', '2027-01'],
      // Organizations added later for that month don't count towards its size.
      organizations: [{ month: '2026-11', size: 2, active: [1, 0, 1] }],
      users: [{ month: '2026-11', size: 1, active: [1, 0, 1] }],
    });
    // A day that is closed late doesn't replace a later one, and a failed day replaces none.
    await runAll('day', '2027-01-05T01:10:00.000Z');
    const broken = '2027-01-07T01:10:00.000Z';
    await runAll('day', broken, () => {
      throw new Error('access denied');
    });
    // In shards without organizations nothing fails.
    const { organizations, users } = await platformCohorts(platformScope(plane), new Date(broken));
    expect({ organizations, users }).toEqual({ organizations: cohorts.organizations, users: cohorts.users });
  });

  it('are none before the first daily run', async () => {
    const empty = await startControlPlane();
    try {
      const none = { date: null, months: [], organizations: [], users: [] };
      expect(await platformCohorts(platformScope(empty.plane), now)).toEqual(none);
    } finally {
      await empty.stop();
    }
  });
});

describe('the backtest of health', () => {
  it('looks at each organization two weeks before its end, or before today', async () => {
    const all = await backtestHealth(plane, new Date('2026-12-15T09:00:00.000Z'));
    expect(all.map(({ outcome, score }) => `${outcome} ${score}`).sort()).toEqual([
      'kept 100',
      'kept 90',
      'kept null',
    ]);
  });
});
