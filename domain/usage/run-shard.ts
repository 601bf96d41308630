import { isDeepStrictEqual } from 'node:util';
import type { OrganizationId } from '../ids.ts';
import { noteState } from '../organization/directory-row.ts';
import type { EarlierFacts } from '../organization/health.schema.ts';
import { stagesBetween } from '../organization/onboarding.schema.ts';
import type { DirectoryOrganization } from '../organization/organization.schema.ts';
import { directoryPosition, organizationsOfShard } from '../organization/read-directory.ts';
import type { ControlPlane, OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { factsOf, signalsOf } from './health-history.schema.ts';
import { assertClosable, isFinal } from './missed-days.ts';
import { keepRollup } from './rollups.ts';
import { UsageRun } from './run.schema.ts';
import { snapshotsBetween, takeSnapshot } from './take-snapshot.ts';
import { add, nothing } from './tally.ts';
import type { UsageSnapshot } from './usage.schema.ts';
import { daysBefore, dueAndDate } from './usage-day.ts';
import { type Checkpoint, findRun, saveRun, type Task } from './usage-runs.ts';

const pageSize = 50;
/** Organizations that are computed at the same time. */
const width = 5;
const keptFailures = 20;

const weekDays = 7;
/** For how many days without a snapshot an earlier one stands in. */
const lostDays = 2;

/**
 * The access that a run needs: to its records and the platform's figures, the directory, and each
 * organization.
 */
export interface UsageRunDependencies {
  readonly platform: OrganizationScope;
  readonly directory: ControlPlane;
  readonly open: OpenOrganization;
  /** Called for each organization that couldn't be computed. */
  readonly onFailure: (organizationId: OrganizationId, error: unknown) => void;
}

/** Begins a run, or resumes one that was killed at its last checkpoint. A finished one begins again. */
async function claim(platform: OrganizationScope, task: Task, now: Date): Promise<Checkpoint> {
  const { due, date } = dueAndDate(task.period, now, task.date);
  const known = await findRun(platform, task, due);
  if (known?.status === 'running') return await saveRun(platform, { ...known, attempts: known.attempts + 1 });
  return await saveRun(platform, {
    due,
    ...task,
    date,
    status: 'running',
    attempts: (known?.attempts ?? 0) + 1,
    organizations: 0,
    uncertain: 0,
    failures: 0,
    failed: [],
    startedAt: now.toISOString(),
    tally: nothing,
    revision: known?.revision ?? 0,
  });
}

/**
 * What health was judged by a week before a day, as the snapshot of that day says, or one of the two days
 * before it where that is missing. Undefined for an organization that has none of these.
 */
async function weekBefore(
  scope: OrganizationScope,
  { createdAt }: DirectoryOrganization,
  date: string,
): Promise<EarlierFacts | undefined> {
  const day = daysBefore(date, weekDays);
  if (createdAt.slice(0, 10) > day) return undefined;
  const earlier = (await snapshotsBetween(scope, daysBefore(day, lostDays), day)).at(-1);
  return earlier === undefined ? undefined : factsOf(createdAt, earlier);
}

/**
 * Notes on an organization's row what of its present state a run has found, if that isn't there yet. Returns
 * the organization with what it was judged by a week ago, which is read once a day.
 */
async function note(
  scope: OrganizationScope,
  known: DirectoryOrganization,
  snapshot: UsageSnapshot,
): Promise<DirectoryOrganization> {
  const { stage, computedAt, date } = snapshot;
  const signals = signalsOf(snapshot);
  const isSeenToday = known.signals?.date === date;
  const weekAgo = isSeenToday ? known.weekAgo : await weekBefore(scope, known, date);
  if (stage === known.stage && isDeepStrictEqual(signals, known.signals)) return { ...known, weekAgo };
  // Of an older organization nobody knows when it got as far as its first run finds it.
  const isUndated = known.signals === undefined && known.createdAt.slice(0, 10) < daysBefore(date, 1);
  const news = isUndated ? [] : stagesBetween(known.stage, stage);
  const now = Object.fromEntries(news.map((each) => [each, computedAt]));
  // What was reached before, and lost again meanwhile, was reached then.
  const reached = { ...now, ...known.reached };
  await noteState(scope, { stage, signals, weekAgo: weekAgo ?? null, reached });
  return { ...known, weekAgo };
}

/** A run after one more page of organizations. Those created after the day have no figures for it. */
async function afterPage(
  { open, onFailure }: UsageRunDependencies,
  run: Checkpoint,
  page: readonly DirectoryOrganization[],
  now: Date,
): Promise<Checkpoint> {
  let { tally, organizations, uncertain = 0 } = run;
  const failed: OrganizationId[] = [];
  const count = async (organization: DirectoryOrganization) => {
    try {
      const scope = open(organization.id);
      const snapshot = await takeSnapshot(scope, run.date, now);
      // A closed day says nothing about an organization's present state.
      const noted = snapshot.final ? organization : await note(scope, organization, snapshot);
      tally = add(tally, noted, snapshot);
      organizations += 1;
      if (snapshot.changedSince !== undefined) uncertain += 1;
    } catch (error) {
      failed.push(organization.id);
      onFailure(organization.id, error);
    }
  };
  const there = page.filter(({ createdAt }) => createdAt.slice(0, 10) <= run.date);
  for (let first = 0; first < there.length; first += width)
    await Promise.all(there.slice(first, first + width).map(count));
  const last = page.at(-1);
  return {
    ...run,
    tally,
    organizations,
    uncertain,
    failures: run.failures + failed.length,
    failed: [...run.failed, ...failed.sort()].slice(0, keptFailures),
    position: last === undefined ? run.position : directoryPosition(last),
  };
}

/**
 * Takes the snapshot of every organization of one shard, each under credentials for that organization alone,
 * page by page, and stores the sums of the shard. An organization that fails doesn't affect the others. A run
 * that was killed resumes at its checkpoint when it is run again in the same hour or day; a finished one
 * computes the same figures again. Throws `conflict` when another run of the shard has taken over.
 */
export async function runShard(dependencies: UsageRunDependencies, task: Task, now: Date): Promise<UsageRun> {
  const { platform, directory } = dependencies;
  let run = await claim(platform, task, now);
  for (let more = true; more; ) {
    const page = await organizationsOfShard(directory, task.shard, run.position, pageSize);
    run = await afterPage(dependencies, run, page, now);
    more = page.length === pageSize;
    if (more) run = await saveRun(platform, run);
  }
  const { date, tally, failures } = run;
  await keepRollup(platform, { ...task, date, failures, tally }, now);
  const status = failures === 0 ? 'done' : 'failed';
  return UsageRun.parse(await saveRun(platform, { ...run, status, finishedAt: now.toISOString() }));
}

interface Closed {
  /** Days that were closed now; the others of those asked for were final already. */
  readonly days: number;
  readonly organizations: number;
  readonly uncertain: number;
  readonly failures: number;
}

/**
 * Closes days of a shard, oldest first, leaving those that are final. Each is the run that was due then, and
 * goes on where that one or an earlier attempt was cut off.
 */
export async function closeDays(
  dependencies: UsageRunDependencies,
  { shard, dates }: { readonly shard: number; readonly dates: readonly string[] },
  now: Date,
): Promise<Closed> {
  assertClosable(dates, now);
  const closed = { days: 0, organizations: 0, uncertain: 0, failures: 0 };
  for (const date of [...dates].sort()) {
    if ((await isFinal(dependencies.platform, { date, shard })) === true) continue;
    const run = await runShard(dependencies, { period: 'day', shard, date }, now);
    closed.days += 1;
    closed.organizations += run.organizations;
    closed.uncertain += run.uncertain ?? 0;
    closed.failures += run.failures;
  }
  return closed;
}
