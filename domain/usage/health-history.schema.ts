import type { EarlierFacts, Signals } from '../organization/health.schema.ts';
import { earlierHealth, type HealthFacts } from '../organization/health-rules.schema.ts';
import type { SubscriptionChange } from '../organization/organization.schema.ts';
import type { UsageSnapshot } from './usage.schema.ts';

const later = (a: string, b: string) => (a > b ? a : b);

/** The health signals that a run stores; see `Signals`. */
export function signalsOf({ date, activeUsers, health }: UsageSnapshot): Signals {
  const { waitingInvitations = 0, leaderlessTeams = 0, quietKpis = 0, runningKpis = 0 } = health ?? {};
  return {
    ...{ date, activeUsers: activeUsers.week },
    ...{ waitingInvitations, leaderlessTeams, runningKpis, quietKpis },
    ...(health?.lastCheckInOn === undefined ? {} : { lastCheckInOn: health.lastCheckInOn }),
  };
}

/** The facts that health is computed from, as of a snapshot's day. */
export function factsOf(createdAt: string, snapshot: UsageSnapshot): EarlierFacts {
  const { date, users, pendingInvitations, teams, activeAdmins = 0, lastActiveOn = '' } = snapshot;
  return {
    date,
    counts: {
      users,
      pendingInvitations,
      teams,
      kpis: Object.values(snapshot.kpis).reduce((sum, count) => sum + count, 0),
    },
    admins: activeAdmins,
    lastActivityOn: later(lastActiveOn, createdAt.slice(0, 10)),
    signals: signalsOf(snapshot),
  };
}

/** What an organization's past health is computed from. */
export interface HealthPast extends HealthFacts {
  readonly suspendedAt?: string | undefined;
  readonly reactivatedAt?: string | undefined;
  /** Changes of its plan, newest first. */
  readonly plans: readonly Pick<SubscriptionChange, 'at' | 'before' | 'after'>[];
}

/** The health on one day, from that day's snapshot. */
export interface HealthOfDay {
  readonly date: string;
  readonly score: number;
  readonly level: string;
}

const dayOf = (at: string | undefined) => at?.slice(0, 10) ?? '';

/** Whether it was suspended on a day, judging by its last suspension. */
function statusOn({ status, suspendedAt, reactivatedAt }: HealthPast, date: string): 'active' | 'inactive' {
  if (suspendedAt === undefined) return status;
  const isBefore = date < dayOf(suspendedAt);
  const isOver = reactivatedAt !== undefined && reactivatedAt > suspendedAt && date >= dayOf(reactivatedAt);
  return isBefore || isOver ? 'active' : 'inactive';
}

function planOn({ subscription, plans }: HealthPast, date: string) {
  const known = plans.find(({ at }) => dayOf(at) <= date);
  if (known !== undefined) return known.after;
  return plans.at(-1)?.before ?? plans.at(-1)?.after ?? subscription;
}

/**
 * An organization's health on each day with a snapshot, oldest first, by today's rules and weights. Days
 * without a snapshot are omitted.
 */
export const healthHistory = (past: HealthPast, snapshots: readonly UsageSnapshot[]): HealthOfDay[] =>
  snapshots.map((snapshot) => {
    const { date } = snapshot;
    const then = { ...past, status: statusOn(past, date), subscription: planOn(past, date) };
    const { score, level } = earlierHealth(then, factsOf(past.createdAt, snapshot));
    return { date, score, level };
  });
