import { PLATFORM } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { type DriftPosition, DriftRunItem } from './drift.noun.ts';
import { driftRefusals } from './drift.refusals.ts';
import { DriftRun } from './drift.schema.ts';

const keptDays = 90;

/** A stored run: its report, position and revision. */
export interface DriftCheckpoint extends DriftRun {
  readonly position?: DriftPosition | undefined;
  readonly revision: number;
}

/** The latest runs, newest first. */
export async function latestDriftRuns(
  { client, table }: OrganizationScope,
  limit: number,
): Promise<DriftCheckpoint[]> {
  const { data } = await entityOf(DriftRunItem)
    .query.primary({ organizationId: PLATFORM })
    .go({ client, table, consistent: true, order: 'desc', count: limit, limit });
  return data.map(({ position, revision, ...record }) => ({ ...DriftRun.parse(record), position, revision }));
}

/** Writes a run's next state. Throws `conflict` if another run has written it meanwhile. */
export async function saveDriftRun(
  platform: OrganizationScope,
  run: DriftCheckpoint,
): Promise<DriftCheckpoint> {
  const { revision: known, position, ...report } = run;
  const revision = known + 1;
  const expiresAt = Math.floor(Date.parse(report.startedAt) / 1000) + keptDays * 86_400;
  const saving = replace(
    platform,
    DriftRunItem,
    { ...report, position: report.status === 'done' ? undefined : position, revision, expiresAt },
    {
      where: (stored, { eq, notExists }) =>
        known === 0 ? notExists(stored.revision) : eq(stored.revision, known),
    },
  );
  if (!(await write(platform, saving))) throw driftRefusals.drift_run_taken_over();
  return { ...run, revision };
}
