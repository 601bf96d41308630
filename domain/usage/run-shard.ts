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
/** Organizations computed in parallel. */
const width = 5;
const keptFailures = 20;

const weekDays = 7;
/** How many days an earlier snapshot may replace a missing one. */
const lostDays = 2;

/** Dependencies of a run: its records and the platform's figures, the directory, and each organization. */
export interface UsageRunDependencies {
  readonly platform: OrganizationScope;
  readonly directory: ControlPlane;
  readonly open: OpenOrganization;
  /** Called for each organization that couldn't be computed. */
  readonly onFailure: (organizationId: OrganizationId, error: unknown) => void;
}

/** Starts a run, or resumes an interrupted one at its last checkpoint. A finished one starts again. */
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
 * The health facts of a week before a day, from that day's snapshot, or from one of the two days before it.
 * Undefined if an organization has none of these.
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
 * Stores what a run has found about an organization's current state on its directory row, if it has
 * changed. Returns the organization with its facts of a week ago, which are read once a day.
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
  // For an older organization it is unknown when it reached the stages that its first run finds.
  const isUndated = known.signals === undefined && known.createdAt.slice(0, 10) < daysBefore(date, 1);
  const news = isUndated ? [] : stagesBetween(known.stage, stage);
  const now = Object.fromEntries(news.map((each) => [each, computedAt]));
  // A stage reached before keeps its first date, even if it was lost meanwhile.
  const reached = { ...now, ...known.reached };
  await noteState(scope, { stage, signals, weekAgo: weekAgo ?? null, reached });
  return { ...known, weekAgo };
}

/** Processes one more page of organizations. Those created after the day have no figures for it. */
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
      // A closed day says nothing about an organization's current state.
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
 * Takes the snapshot of every organization of a shard, with credentials for one organization at a time,
 * page by page, and stores the shard's sums. A failing organization doesn't affect the others. An
 * interrupted run resumes at its checkpoint within the same hour or day; a finished one computes the same
 * figures again. Throws `conflict` if another run of the shard has taken over.
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
  /** The number of days closed now; the other requested ones were final already. */
  readonly days: number;
  readonly organizations: number;
  readonly uncertain: number;
  readonly failures: number;
}

/**
 * Closes days of a shard, oldest first, skipping final ones. Each is the run that was due then, and
 * continues where that one or an earlier attempt stopped.
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
