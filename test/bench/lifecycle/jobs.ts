import { systemActor } from '../../../domain/actor.ts';
import { platformCohorts } from '../../../domain/analytics/platform-analytics.ts';
import { checkpointShard } from '../../../domain/audit/checkpoints/checkpoint-shard.ts';
import { keepExports } from '../../../domain/departure/keep-exports.ts';
import { keepRemovals } from '../../../domain/departure/keep-removals.ts';
import { type DriftDependencies, runDrift } from '../../../domain/drift/run-drift.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { maintainShard } from '../../../domain/invitation/maintain-invitations.ts';
import { type ReminderDependencies, sendReminders } from '../../../domain/reminder/send-reminders.ts';
import { directoryShards } from '../../../domain/table/layout.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../../../domain/table/scope.ts';
import { missedDays } from '../../../domain/usage/missed-days.ts';
import { closeDays, runShard } from '../../../domain/usage/run-shard.ts';
import { webhooksDue } from '../../../domain/webhook/manage-webhooks.ts';
import { comparePart } from '../../../functions/clerk/drift.ts';
import { memoryStore, notary } from '../../integration/domain/support/leaving.ts';
import type { metered } from '../metered-plane.ts';
import { clerkOf, type Founded } from './founding.ts';

/** The cost of a job's run: per organization, or in total if it reads none of them. */
export interface JobCost {
  readonly job: string;
  readonly per: 'organization' | 'run';
  readonly units: number;
}

const day = 24;
const shards = Array.from({ length: directoryShards }, (_, shard) => shard);
const plusHours = (at: Date, hours: number) => new Date(at.getTime() + hours * 3_600_000);

const leaving = (plane: ControlPlane, now: Date) => ({
  ...{ plane, clock: () => now, until: plusHours(now, day), store: memoryStore().store },
});

const failing = async () => {
  throw new Error('nothing was to be done');
};

function usage(plane: ControlPlane) {
  const parts = {
    ...{ platform: platformScope(plane), directory: plane },
    open: (id: OrganizationId) => withinOrganization(plane, id),
    onFailure: (_: unknown, error: unknown) => {
      throw error;
    },
  };
  return {
    run: async (period: 'hour' | 'day', at: Date) => {
      for (const shard of shards) await runShard(parts, { period, shard }, at);
    },
    catchUp: async (at: Date) => {
      for (const shard of shards)
        await closeDays(parts, { shard, dates: await missedDays(parts.platform, shard, at) }, at);
    },
  };
}

const nobodySent = { send: failing, withdraw: failing };

async function invitations(plane: ControlPlane, at: Date): Promise<void> {
  const open = (id: OrganizationId) => withinOrganization(plane, id);
  const run = { directory: plane, platform: platformScope(plane), open, sender: nobodySent, link: failing };
  const actor = systemActor('invitations', 'bench');
  for (const shard of shards) {
    const { failures } = await maintainShard(run, { shard, actor }, () => at);
    if (failures.length > 0) throw failures[0];
  }
}

async function drift(plane: ControlPlane, founded: readonly Founded[], at: Date): Promise<void> {
  const parts = { clerk: clerkOf(founded), plane, deliver: failing, now: () => at };
  const of: DriftDependencies = {
    ...{ platform: platformScope(plane), clock: () => at, pause: failing, left: () => 600_000 },
    provider: { compare: (sweep, after) => comparePart(parts, sweep, after), repair: failing },
  };
  const run = await runDrift(of, { dryRun: false });
  const { people, letters } = run?.compared ?? { people: 0, letters: 0 };
  if (run?.status !== 'done' || people < founded.length || letters < founded.length)
    throw new Error('not everybody was compared');
}

/** Anchors nothing: a bucket costs no units. */
const anchors = { put: async () => undefined, read: async () => '' };

async function checkpoints(plane: ControlPlane, at: Date): Promise<void> {
  const run = { directory: plane, trails: plane, notary, anchors, onFailure: failing, onBroken: failing };
  for (const shard of shards) await checkpointShard(run, shard, at);
}

/** A run of reminders over all shards. Returns the number of emails. */
export async function remind(plane: ControlPlane, at: Date): Promise<number> {
  const of: ReminderDependencies = {
    ...{ directory: plane, clock: () => at, hasTime: () => true, pause: failing },
    open: (id) => withinOrganization(plane, id),
    links: { origin: 'https://mtcms.example', unsubscribeAt: () => 'https://mtcms.example/unsubscribe' },
    send: async () => 'sent',
    onFailure: (_, error) => {
      throw error;
    },
  };
  let mails = 0;
  for (const shard of shards) mails += (await sendReminders(of, { run: at.toISOString(), shard })).mails;
  return mails;
}

/** Jobs that run hourly or more often, except those that read no organization. */
export async function hourOf(plane: ControlPlane, at: Date): Promise<void> {
  await usage(plane).run('hour', at);
  await invitations(plane, at);
  await checkpoints(plane, at);
  await webhooksDue(platformScope(plane)).at(at);
  await remind(plane, at);
}

/** The usage runs of a day, for organizations with an earlier day. */
async function usageJobs(plane: ControlPlane, cost: Cost, at: Date): Promise<void> {
  const { run, catchUp } = usage(plane);
  await run('hour', at);
  await cost('usage: an hour', 'organization', () => run('hour', plusHours(at, 1)));
  await cost('usage: closing a day, which meters it', 'organization', () => run('day', plusHours(at, day)));
  await cost('catch-up: looking, nothing missed', 'run', () => catchUp(plusHours(at, 2 * day)));
  await cost('catch-up: a day that was missed', 'organization', () => catchUp(plusHours(at, 3 * day)));
  const week = plusHours(at, 7 * day);
  await cost('usage: first hour, health beside a week ago', 'organization', () => run('hour', week));
  const cohorts = () => platformCohorts(platformScope(plane), week);
  await cost('cohorts, when somebody asks', 'run', cohorts);
}

type Cost = (job: string, per: JobCost['per'], work: () => Promise<unknown>) => Promise<void>;

/**
 * The cost of each scheduled job for idle organizations: without keys, webhooks, reminders, departures or
 * differences.
 */
export async function jobCosts(
  plane: ControlPlane,
  meter: ReturnType<typeof metered>,
  founded: readonly Founded[],
  at: Date,
): Promise<readonly JobCost[]> {
  const costs: JobCost[] = [];
  const cost: Cost = async (job, per, work) => {
    const units = await meter.of(work);
    costs.push({ job, per, units: per === 'organization' ? units / founded.length : units });
  };
  await usageJobs(plane, cost, at);
  await cost('drift from Clerk, daily', 'organization', () => drift(plane, founded, at));
  await invitations(plane, at);
  await cost('invitations, hourly', 'organization', () => invitations(plane, plusHours(at, 1)));
  // The search for entries of earlier versions takes several runs, once; four for the platform.
  for (const hour of [0, 1, 2, 3]) await checkpoints(plane, plusHours(at, hour));
  await cost('audit checkpoints, hourly', 'organization', () => checkpoints(plane, plusHours(at, 4)));
  await cost('reminders, hourly, nobody wants them', 'organization', () => remind(plane, at));
  const exporting = { ...leaving(plane, at), checkpoint: failing };
  await cost('departures: exports, every 5 minutes', 'run', () => keepExports(exporting));
  const removing = { ...leaving(plane, at), link: failing, certify: failing };
  await cost('departures: deletions, every 10 minutes', 'run', () => keepRemovals(removing));
  const due = webhooksDue(platformScope(plane));
  await cost('webhooks: what is due, each minute', 'run', () => due.at(at));
  return costs;
}
