import { AppError } from '../errors.ts';
import type { DirectoryPosition } from '../organization/directory.service.ts';
import { happened } from '../table/conditional.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { type UsagePeriod, UsageRun } from './run.schema.ts';
import { nothing, type Tally } from './tally.ts';
import { RunItem } from './usage.noun.ts';

const keptDays = 90;

/** What a schedule asks for. */
export interface Task {
  readonly period: UsagePeriod;
  readonly shard: number;
}

/** A run as it is kept: its record, where it is, and what it has added up. */
export interface Checkpoint extends UsageRun {
  readonly position?: DirectoryPosition | undefined;
  readonly tally: Tally;
  readonly revision: number;
}

/** The record of a task's run in the hour or day in which it is due, or null. */
export async function findRun(
  platform: OrganizationScope,
  task: Task,
  due: string,
): Promise<Checkpoint | null> {
  const { organizationId, client, table } = platform;
  const { data } = await entityOf(RunItem)
    .get({ organizationId, due, ...task })
    .go({
      client,
      table,
      consistent: true,
    });
  if (data === null) return null;
  const { position, tally, revision } = data;
  const known = { ...nothing, ...tally };
  return { ...UsageRun.parse(data), ...(position === undefined ? {} : { position }), tally: known, revision };
}

/** Writes the next state of a run. Throws `conflict` when another run of the same shard has written since. */
export async function saveRun(platform: OrganizationScope, checkpoint: Checkpoint): Promise<Checkpoint> {
  const { organizationId, client, table } = platform;
  const { position, tally, finishedAt, ...record } = checkpoint;
  const next = { ...record, revision: record.revision + 1 };
  const running = next.status === 'running';
  const saved = await happened(
    entityOf(RunItem)
      .put({
        organizationId,
        ...next,
        ...(running ? { tally } : {}),
        ...(running && position !== undefined ? { position } : {}),
        ...(finishedAt === undefined ? {} : { finishedAt }),
        expiresAt: Math.floor(Date.parse(next.startedAt) / 1000) + keptDays * 86_400,
      })
      .where(({ revision }, { eq, notExists }) =>
        record.revision === 0 ? notExists(revision) : eq(revision, record.revision),
      )
      .go({ client, table }),
  );
  if (!saved) throw new AppError('conflict', 'Another run of this shard has taken over.');
  return { ...checkpoint, revision: next.revision };
}

/** Run records, the latest first; at most `limit`. */
export async function latestRuns(
  { organizationId, client, table }: OrganizationScope,
  limit: number,
): Promise<UsageRun[]> {
  const { data } = await entityOf(RunItem)
    .query.primary({ organizationId })
    .go({ client, table, order: 'desc', count: limit, limit });
  return data.map((item) => UsageRun.parse(item));
}
