import { UserId } from '../../../domain/ids.ts';
import { noteState } from '../../../domain/organization/directory-row.ts';
import { type Stage, stagesBetween } from '../../../domain/organization/onboarding.schema.ts';
import type { OrganizationInDirectory } from '../../../domain/organization/organization.schema.ts';
import { organizationsOfShard } from '../../../domain/organization/read-directory.ts';
import { directoryShards } from '../../../domain/table/layout.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { figuresOf } from '../../../domain/usage/figures.ts';
import { factsOf, signalsOf } from '../../../domain/usage/health-history.schema.ts';
import { keepDaysOfUse, recordOrganizationActive } from '../../../domain/usage/record-activity.ts';
import { keepRollup } from '../../../domain/usage/rollups.ts';
import { keepSnapshot } from '../../../domain/usage/take-snapshot.ts';
import { add, nothing, type Tally } from '../../../domain/usage/tally.ts';
import type { UsageSnapshot } from '../../../domain/usage/usage.schema.ts';
import { daysBefore } from '../../../domain/usage/usage-day.ts';
import { daysOfUse, factsOn, pastOf } from './past.ts';

const historyDays = 180;
const dayMs = 86_400_000;
const width = 16;
const weekDays = 7;

/** Runs the work for all items, some of them concurrently. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (let first = 0; first < items.length; first += width)
    await Promise.all(items.slice(first, first + width).map(work));
}

/** When the schedules computed a day: at its end, or now. */
const computedAt = (date: string, now: Date) => new Date(Math.min(Date.parse(date) + dayMs, now.getTime()));

/** An organization as it was on a day, before a later suspension. */
const asOn = (organization: OrganizationInDirectory, date: string): OrganizationInDirectory =>
  organization.status === 'inactive' && date < organization.updatedAt.slice(0, 10)
    ? { ...organization, status: 'active' }
    : organization;

async function keepActivity(scope: OrganizationScope, activity: ReadonlyMap<string, readonly string[]>) {
  const months = [...activity].flatMap(([userId, days]) =>
    [...Map.groupBy(days, (date) => date.slice(0, 7))].map(([month, used]) => ({ userId, month, used })),
  );
  await each(months, ({ userId, month, used }) =>
    keepDaysOfUse(scope, { userId: UserId.parse(userId), month, days: used.map((day) => day.slice(8)) }),
  );
}

/** When each stage was first reached, as far as the history goes back. */
function reachedBy(
  { createdAt }: OrganizationInDirectory,
  [first, ...snapshots]: readonly UsageSnapshot[],
): Partial<Record<Stage, string>> {
  if (first === undefined) return {};
  const isWhole = first.date === createdAt.slice(0, 10);
  let reached: Partial<Record<Stage, string>> = {};
  let before: Stage = isWhole ? 'invited' : first.stage;
  for (const { stage, date } of [first, ...snapshots]) {
    const now = stagesBetween(before, stage).map((each) => [each, `${date}T12:00:00.000Z`] as const);
    reached = { ...Object.fromEntries(now), ...reached };
    before = stage;
  }
  return reached;
}

/**
 * Writes an organization's days of use and daily snapshots, as requests and schedules would have. Returns the
 * snapshots.
 */
async function writeHistory(
  scope: OrganizationScope,
  organization: OrganizationInDirectory,
  days: readonly string[],
  now: Date,
): Promise<UsageSnapshot[]> {
  const past = await pastOf(scope, organization, now);
  const activity = daysOfUse(past, days);
  const snapshots = days
    .filter((date) => date >= organization.createdAt.slice(0, 10))
    .map((date) => figuresOf(factsOn(past, date, activity), date, computedAt(date, now)));
  await keepActivity(scope, activity);
  const last = [...activity.values()].flat().sort().at(-1);
  if (last !== undefined) await recordOrganizationActive(scope, last);
  await each(snapshots, (snapshot) => keepSnapshot(scope, snapshot));
  const today = snapshots.at(-1);
  const weekAgo = snapshots.at(-1 - weekDays);
  if (today !== undefined)
    await noteState(scope, {
      ...{ stage: today.stage, signals: signalsOf(today) },
      weekAgo: weekAgo === undefined ? null : factsOf(organization.createdAt, weekAgo),
      reached: reachedBy(organization, snapshots),
    });
  return snapshots;
}

/**
 * Writes half a year of usage for all organizations, computed from the table except for the days of use,
 * which are made up. The shards' sums are added up from the snapshots.
 */
export async function writeUsageHistory(plane: ControlPlane, now: Date): Promise<void> {
  const today = now.toISOString().slice(0, 10);
  const days = Array.from({ length: historyDays }, (_, index) => daysBefore(today, historyDays - 1 - index));
  for (let shard = 0; shard < directoryShards; shard += 1) {
    // Shards without organizations are written too: a day is complete when all of its shards are.
    const tallies = new Map<string, Tally>(days.map((date) => [date, nothing]));
    for (const organization of await organizationsOfShard(plane, shard, undefined, 100)) {
      const scope = withinOrganization(plane, organization.id);
      const snapshots = await writeHistory(scope, organization, days, now);
      for (const [index, snapshot] of snapshots.entries()) {
        const tally = tallies.get(snapshot.date) ?? nothing;
        const before = snapshots[index - weekDays];
        const weekAgo = before && factsOf(organization.createdAt, before);
        const then = { ...asOn(organization, snapshot.date), weekAgo };
        tallies.set(snapshot.date, add(tally, then, snapshot));
      }
    }
    await each([...tallies], ([date, tally]) =>
      keepRollup(
        platformScope(plane),
        { date, shard, period: date < today ? 'day' : 'hour', failures: 0, tally },
        computedAt(date, now),
      ),
    );
  }
}
