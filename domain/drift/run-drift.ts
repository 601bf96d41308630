import { AppError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import {
  type Difference,
  type DriftEntry,
  type DriftReason,
  type DriftResult,
  type DriftSweep,
  driftSweeps,
} from './drift.schema.ts';
import { type DriftCheckpoint, latestDriftRuns, saveDriftRun } from './drift-runs.ts';

/** A compared page: how many items, their differences, and where the next page starts. */
export interface ComparedPage {
  readonly compared: number;
  readonly differences: Difference[];
  readonly next: string | null;
}

/** The outcome of a repair. */
export interface Repair {
  readonly result: DriftResult;
  readonly reason?: DriftReason | undefined;
}

/** Access to Clerk. Both throw `identity_unavailable` while Clerk is unavailable. */
export interface DriftProvider {
  compare(sweep: DriftSweep, after: string | undefined): Promise<ComparedPage>;
  /** Repairs a difference if both sides are unchanged since the comparison. Idempotent. */
  repair(difference: Difference): Promise<Repair>;
}

/** Dependencies of a run. */
export interface DriftDependencies {
  readonly platform: OrganizationScope;
  readonly provider: DriftProvider;
  readonly clock: () => Date;
  /** Resolves after that many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Milliseconds left in this invocation. */
  readonly left: () => number;
}

/** What is requested: by the schedule, which starts a run when one is due, or by a super admin. */
export interface DriftTask {
  readonly dryRun: boolean;
  readonly requestedBy?: UserId | undefined;
}

/** How long after the start of the last run the next is due; the schedule checks every hour. */
const dueMs = 20 * 3_600_000;
const keptEntries = 100;
/** Delays between retries while Clerk is unavailable: doubling, up to a minute. */
const firstPauseMs = 2000;
const longestPauseMs = 60_000;
/** Not enough time for another request. */
const reserveMs = 30_000;

const isOver = ({ status }: DriftCheckpoint) => status === 'done';

/** The run to work on: an unfinished one, or a new one if due or requested. */
async function claim(
  platform: OrganizationScope,
  task: DriftTask,
  now: Date,
): Promise<DriftCheckpoint | null> {
  const [latest] = await latestDriftRuns(platform, 1);
  if (latest !== undefined && !isOver(latest))
    return await saveDriftRun(platform, { ...latest, status: 'running', attempts: latest.attempts + 1 });
  const isAsked = task.requestedBy !== undefined;
  if (!isAsked && latest !== undefined && now.getTime() - Date.parse(latest.startedAt) < dueMs) return null;
  return await saveDriftRun(platform, {
    startedAt: now.toISOString(),
    ...task,
    ...{ status: 'running', attempts: 1, waits: 0, entries: [], revision: 0 },
    compared: { people: 0, members: 0, letters: 0 },
    counts: { found: 0, repaired: 0, moved: 0, needs_person: 0 },
  });
}

/** Retries until Clerk responds. Undefined if it doesn't within the time this invocation has. */
async function patiently<Answer>(
  { pause, left }: DriftDependencies,
  ask: () => Promise<Answer>,
): Promise<{ readonly answer?: Answer; readonly waits: number }> {
  for (let waits = 0; ; waits += 1)
    try {
      if (left() < reserveMs) return { waits };
      return { answer: await ask(), waits };
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'identity_unavailable')) throw error;
      const milliseconds = Math.min(firstPauseMs * 2 ** waits, longestPauseMs);
      if (left() < milliseconds + reserveMs) return { waits };
      await pause(milliseconds);
    }
}

const isSame = (a: Difference, b: Difference) => a.kind === b.kind && a.of === b.of;

/** The report with another entry. Duplicates from overlapping pages or sweeps count once. */
function withEntry(run: DriftCheckpoint, entry: DriftEntry): DriftCheckpoint {
  const known = run.entries.find((other) => isSame(other, entry));
  if (known !== undefined && known.outcome === entry.outcome) return run;
  const counts = { ...run.counts, [entry.outcome]: run.counts[entry.outcome] + 1 };
  if (known === undefined) return { ...run, counts, entries: [...run.entries, entry].slice(0, keptEntries) };
  const before = { ...counts, [known.outcome]: counts[known.outcome] - 1 };
  return { ...run, counts: before, entries: run.entries.map((other) => (other === known ? entry : other)) };
}

/** The run after another page, or unchanged if Clerk was unavailable. */
async function afterPage(of: DriftDependencies, run: DriftCheckpoint): Promise<DriftCheckpoint> {
  const { provider, clock } = of;
  const { sweep, after } = run.position ?? { sweep: driftSweeps[0] };
  const page = await patiently(of, () => provider.compare(sweep, after));
  let next: DriftCheckpoint = { ...run, waits: run.waits + page.waits };
  if (page.answer === undefined) return { ...next, status: 'waiting' };
  for (const difference of page.answer.differences) {
    const mended = run.dryRun
      ? { answer: { result: 'found' } as const, waits: 0 }
      : await patiently(of, () => provider.repair(difference));
    next = { ...next, waits: next.waits + mended.waits };
    if (mended.answer === undefined) return { ...next, status: 'waiting' };
    const { result: outcome, ...why } = mended.answer;
    next = withEntry(next, { ...difference, outcome, ...why, at: clock().toISOString() });
  }
  const compared = { ...next.compared, [sweep]: next.compared[sweep] + page.answer.compared };
  if (page.answer.next !== null) return { ...next, compared, position: { sweep, after: page.answer.next } };
  const following = driftSweeps[driftSweeps.indexOf(sweep) + 1];
  return following === undefined
    ? { ...next, compared, status: 'done', position: undefined, finishedAt: clock().toISOString() }
    : { ...next, compared, position: { sweep: following } };
}

/**
 * Compares the table with Clerk, page by page, and repairs differences unless it is a dry run. A run that
 * was interrupted, took too long or found Clerk unavailable is continued by the next start. Returns the
 * run, or null if none is due. Throws `conflict` if another start has taken over.
 */
export async function runDrift(of: DriftDependencies, task: DriftTask): Promise<DriftCheckpoint | null> {
  let run = await claim(of.platform, task, of.clock());
  while (run !== null && run.status === 'running')
    run = await saveDriftRun(of.platform, await afterPage(of, run));
  return run;
}
