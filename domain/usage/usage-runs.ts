import type { DirectoryPosition } from '../organization/read-directory.ts';
import { entityOf } from '../table/entity.ts';
import { directoryShards } from '../table/layout.ts';
import { find, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { type UsagePeriod, UsageRun } from './run.schema.ts';
import { nothing, type Tally } from './tally.ts';
import { RunItem } from './usage.noun.ts';
import { usageRefusals } from './usage.refusals.ts';
import { daysBefore, daysBetween } from './usage-day.ts';

const keptDays = 90;

/** A schedule's input. */
export interface Task {
  readonly period: UsagePeriod;
  readonly shard: number;
  /** The day to close, if not yesterday. */
  readonly date?: string | undefined;
}

/** A stored run: its record, position and sums so far. */
export interface Checkpoint extends UsageRun {
  readonly position?: DirectoryPosition | undefined;
  readonly tally: Tally;
  readonly revision: number;
}

/** The record of a task's run in its hour or day, or null. */
export async function findRun(
  platform: OrganizationScope,
  { period, shard }: Task,
  due: string,
): Promise<Checkpoint | null> {
  const data = await find(platform, RunItem, { due, period, shard });
  if (data === null) return null;
  const { position, tally, revision } = data;
  return { ...UsageRun.parse(data), position, tally: { ...nothing, ...tally }, revision };
}

/** Writes the next state of a run. Throws `conflict` if another run of the same shard has written since. */
export async function saveRun(platform: OrganizationScope, checkpoint: Checkpoint): Promise<Checkpoint> {
  const { position, tally, revision: known, ...record } = checkpoint;
  const revision = known + 1;
  const progress = record.status === 'running' ? { position, tally } : {};
  const expiresAt = Math.floor(Date.parse(record.startedAt) / 1000) + keptDays * 86_400;
  const saving = replace(
    platform,
    RunItem,
    { ...record, ...progress, revision, expiresAt },
    {
      where: (run, { eq, notExists }) => (known === 0 ? notExists(run.revision) : eq(run.revision, known)),
    },
  );
  if (!(await write(platform, saving))) throw usageRefusals.usage_run_taken_over();
  return { ...checkpoint, revision };
}

/** The runs that closed a range of days (inclusive), latest first; 31 days at most. */
export async function runsOfDays(platform: OrganizationScope, from: string, to: string): Promise<UsageRun[]> {
  const keys = daysBetween(from, to).flatMap((date) =>
    Array.from({ length: directoryShards }, (_, shard) => ({
      due: daysBefore(date, -1),
      period: 'day' as const,
      shard,
    })),
  );
  const runs = (await findMany(platform, RunItem, keys)).map((item) => UsageRun.parse(item));
  return runs.sort((a, b) => (a.due === b.due ? a.shard - b.shard : a.due < b.due ? 1 : -1));
}

/** Run records, latest first; at most `limit`. */
export async function latestRuns(
  { organizationId, client, table }: OrganizationScope,
  limit: number,
): Promise<UsageRun[]> {
  const { data } = await entityOf(RunItem)
    .query.primary({ organizationId })
    .go({ client, table, order: 'desc', count: limit, limit });
  return data.map((item) => UsageRun.parse(item));
}
