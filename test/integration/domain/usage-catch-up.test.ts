import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntries } from '../../../domain/audit/append-entries.ts';
import { type OrganizationId, UserId } from '../../../domain/ids.ts';
import { acceptInvitation } from '../../../domain/invitation/accept-invitation.ts';
import { createOrganization } from '../../../domain/organization/create-organization.ts';
import { directoryShards, shardOf } from '../../../domain/table/layout.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { missedDays } from '../../../domain/usage/missed-days.ts';
import { recordActivity } from '../../../domain/usage/record-activity.ts';
import { requestUsageRuns } from '../../../domain/usage/request-usage-runs.ts';
import { platformDays } from '../../../domain/usage/rollups.ts';
import { UsageRunRequest } from '../../../domain/usage/run.schema.ts';
import { closeDays, runShard } from '../../../domain/usage/run-shard.ts';
import { snapshotsBetween } from '../../../domain/usage/take-snapshot.ts';
import { runsOfDays } from '../../../domain/usage/usage-runs.ts';
import { numberedEntries } from '../../support/trail-entries.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now, request, sender, superAdmin } from './support/founding.ts';

const day = '2026-11-24';
const onTime = new Date('2026-11-25T01:10:00.000Z');
const late = new Date('2026-11-30T09:00:00.000Z');
const shards = Array.from({ length: directoryShards }, (_, shard) => shard);

let plane: ControlPlane;
let platform: OrganizationScope;
let stop: () => Promise<void>;
const scopes: OrganizationScope[] = [];

beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  platform = platformScope(plane);
  for (let index = 0; index < 8; index += 1) {
    const { scope, invitation } = await found(plane, `Customer ${index}`);
    scopes.push(scope);
    if (index % 2 === 0) await join(scope, invitation, `user_admin${index}`);
  }
});
afterAll(() => stop());

async function join(
  scope: OrganizationScope,
  { id, email }: Awaited<ReturnType<typeof found>>['invitation'],
  user: string,
) {
  const userId = UserId.parse(user);
  const person = { userId, email, invitationId: id };
  await acceptInvitation({ scope, actor: superAdmin, now }, person, claimsOf(scope));
  await recordActivity(scope, userId, now);
}

const failures: OrganizationId[] = [];
const opened: OrganizationId[] = [];
const partsWith = (open = (id: OrganizationId) => withinOrganization(plane, id)) => ({
  platform,
  directory: plane,
  open: (id: OrganizationId) => {
    opened.push(id);
    return open(id);
  },
  onFailure: (id: OrganizationId) => failures.push(id),
});
const closeAll = async (dates: readonly string[], at: Date) => {
  const closed = [];
  for (const shard of shards) closed.push(await closeDays(partsWith(), { shard, dates }, at));
  return closed;
};
const sumOf = (closed: Awaited<ReturnType<typeof closeAll>>, name: 'days' | 'organizations' | 'uncertain') =>
  closed.reduce((sum, one) => sum + one[name], 0);

/** Every figure of a day as stored, except when it was computed. */
async function storedOf(date: string): Promise<string> {
  const own = await Promise.all(scopes.map((scope) => snapshotsBetween(scope, date, date)));
  const without = (name: string, value: unknown) => (name === 'computedAt' ? undefined : value);
  return JSON.stringify([own, await platformDays(platform, date, date)], without);
}

/** Loses a day, as if none of its runs had happened. */
async function lose(date: string): Promise<void> {
  const { client, table } = plane;
  for (const { organizationId } of [platform, ...scopes]) {
    const pk = `${organizationId}#usage`;
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      }),
    );
    for (const { sk, date: of } of Items)
      if (of === date) await client.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
  }
}

/** Records an action in an audit log, as the audit writer does. */
async function tell(scope: OrganizationScope, action: string, at: Date): Promise<void> {
  const [first] = numberedEntries(scope.organizationId, 1, { from: opened.length, at: () => at.getTime() });
  if (first === undefined) throw new Error('no entry');
  await appendEntries(scope, [
    { ...first, entry: { ...first.entry, action, id: `${action}-${at.getTime()}` } },
  ]);
}

describe('a day that was lost', () => {
  let closed: string;
  beforeAll(async () => {
    for (const shard of shards) await runShard(partsWith(), { period: 'day', shard }, onTime);
    closed = await storedOf(day);
    await lose(day);
    expect(await platformDays(platform, day, day)).toEqual([]);
    // Further activity: users join and use the product, and there are new customers.
    const [first] = scopes;
    if (first === undefined) throw new Error('no organization');
    const after = new Date('2026-11-27T08:00:00.000Z');
    await recordActivity(first, UserId.parse('user_admin0'), after);
    await tell(first, 'user.joined', after);
    const ctx = { scope: platform, actor: superAdmin, now: after };
    await createOrganization(ctx, request('Latecomer'), sender());
  });

  it('is filled, and is byte for byte what it would have been', async () => {
    const filled = await closeAll([day], late);
    expect(sumOf(filled, 'organizations')).toBe(scopes.length);
    expect(sumOf(filled, 'uncertain')).toBe(0);
    expect(await storedOf(day)).toBe(closed);
  });

  it('has the runs that were due after it', async () => {
    const runs = await runsOfDays(platform, day, day);
    expect(runs.map(({ due, shard, status }) => [due, shard, status])).toEqual(
      shards.map((shard) => ['2026-11-25', shard, 'done']),
    );
  });

  it('is left alone once it is final', async () => {
    opened.length = 0;
    expect(sumOf(await closeAll([day], late), 'days')).toBe(0);
    expect(opened).toEqual([]);
  });

  it('is filled by two jobs at once as by one', async () => {
    await lose(day);
    await Promise.allSettled([closeAll([day], late), closeAll([day], late)]);
    await closeAll([day], late);
    expect(await storedOf(day)).toBe(closed);
  });

  it('says of which things the figures are those of today, and of how many organizations', async () => {
    await lose(day);
    const [, changed, renamed] = scopes;
    if (changed === undefined || renamed === undefined) throw new Error('no organization');
    await tell(changed, 'user.role-changed', new Date('2026-11-26T10:00:00.000Z'));
    await tell(changed, 'check-in.created', new Date('2026-11-28T10:00:00.000Z'));
    await tell(renamed, 'team.updated', new Date('2026-11-28T10:00:00.000Z'));
    expect(sumOf(await closeAll([day], late), 'uncertain')).toBe(1);
    const [snapshot] = await snapshotsBetween(changed, day, day);
    const [other] = await snapshotsBetween(renamed, day, day);
    expect(snapshot?.changedSince).toEqual(['users', 'kpis']);
    expect(other).not.toHaveProperty('changedSince');
    const runs = await runsOfDays(platform, day, day);
    expect(runs.reduce((sum, { uncertain = 0 }) => sum + uncertain, 0)).toBe(1);
  });

  it('goes on with what is missing when a job was stopped between its organizations', async () => {
    await lose(day);
    const last = scopes.at(-1)?.organizationId;
    const shard = shardOf(last ?? '', directoryShards);
    const broken = partsWith((id) => {
      if (id === last) throw new Error('killed');
      return withinOrganization(plane, id);
    });
    expect((await closeDays(broken, { shard, dates: [day] }, late)).failures).toBe(1);
    expect(await platformDays(platform, day, day)).toEqual([]);
    await closeAll([day], late);
    expect((await platformDays(platform, day, day))[0]?.final).toBe(true);
    expect((await snapshotsBetween(scopes.at(-1) ?? platform, day, day))[0]?.final).toBe(true);
  });

  it('has no figures of an organization that is gone meanwhile, and fails for none', async () => {
    await lose(day);
    const gone = scopes.pop();
    if (gone === undefined) throw new Error('no organization');
    const Key = { pk: `${gone.organizationId}#organization`, sk: 'directory' };
    await plane.client.send(new DeleteCommand({ TableName: plane.table, Key }));
    expect(sumOf(await closeAll([day], late), 'organizations')).toBe(scopes.length);
    expect(failures.filter((id) => id === gone.organizationId)).toHaveLength(1);
  });
});

describe('the daily run', () => {
  it('finds the days of the last week that were missed, from the first known one on', async () => {
    const [shard] = [0];
    expect(await missedDays(platform, shard, late)).toEqual([
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
    ]);
    await closeDays(partsWith(), { shard, dates: ['2026-11-27'] }, late);
    expect(await missedDays(platform, shard, late)).toEqual(['2026-11-25', '2026-11-26', '2026-11-28']);
  });

  it('takes no day for missed before the first that is known', async () => {
    expect(await missedDays(platform, 0, new Date('2026-11-25T01:10:00.000Z'))).toEqual([]);
    expect(await missedDays(platform, 0, new Date('2027-03-01T01:10:00.000Z'))).toEqual([]);
  });
});

describe('days that somebody asks for', () => {
  const ask = async (from: string, to: string) => {
    const started: { shard: number; dates?: readonly string[] }[] = [];
    const start = async (task: (typeof started)[number]) => void started.push(task);
    const ctx = { scope: platform, actor: { ...superAdmin, requestId: `${from}-${to}` }, now: late };
    const asked = await requestUsageRuns(ctx, { period: 'day', from, to, start });
    return { asked, started };
  };

  it('are started for each shard that lacks some, and for no other', async () => {
    const { asked, started } = await ask(day, '2026-11-27');
    // The 24th is final in every shard, the 27th in the first one.
    expect(asked).toMatchObject({ period: 'day', from: day, date: '2026-11-27', shards: 3 * 4 - 1 });
    expect(started.find(({ shard }) => shard === 0)?.dates).toEqual(['2026-11-25', '2026-11-26']);
    expect(started.find(({ shard }) => shard === 1)?.dates).toHaveLength(3);
  });

  it('are none where nothing is missing', async () => {
    expect(await ask(day, day)).toMatchObject({ asked: { shards: 0 }, started: [] });
  });

  it.each([
    ['that lasts', '2026-11-29', '2026-11-30', 'usage_day_not_over'],
    ['to come', '2026-12-01', '2026-12-02', 'usage_day_not_over'],
    ['of which too much is forgotten', '2026-09-20', '2026-09-22', 'usage_day_too_old'],
  ])('can’t be a day %s', async (_, from, to, reason) => {
    await expect(ask(from, to)).rejects.toMatchObject({ code: 'validation_failed', reason });
    await expect(closeAll([from, to], late)).rejects.toMatchObject({ reason });
  });

  it.each([
    [{ period: 'day', from: '2026-11-24' }, 'from_without_to'],
    [{ period: 'day', to: '2026-11-24' }, 'from_without_to'],
    [{ period: 'day', from: '2026-11-24', to: '2026-11-23' }, 'before_from'],
    [{ period: 'day', from: '2026-11-24', to: '2026-11-31' }, 'not_a_date'],
    [{ period: 'day', from: '2020-01-01', to: '2026-11-24' }, 'over_days'],
    [{ period: 'hour', from: '2026-11-24', to: '2026-11-24' }, 'hour_without_days'],
  ])('can’t be %j', (body, reason) => {
    expect(JSON.stringify(UsageRunRequest.safeParse(body).error?.issues)).toContain(reason);
  });
});
