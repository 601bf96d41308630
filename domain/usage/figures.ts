import { isAdmin } from '../access/roles.schema.ts';
import type { Kpi } from '../kpi/kpi.schema.ts';
import { stageOf } from '../organization/onboarding.schema.ts';
import type { User } from '../user/profile.schema.ts';
import type { OrganizationMetric } from './metric.schema.ts';
import type { UsageSnapshot } from './usage.schema.ts';
import { boundsOf, daysBefore } from './usage-day.ts';

/** Version of the definitions below and in docs/metrics.md; increment it with any change. */
export const definition = 5;

/**
 * The facts from which a day's figures are computed. They may include facts of other days, told apart by
 * their dates.
 */
export interface UsageFacts {
  readonly members: readonly (Pick<User, 'role' | 'status' | 'createdAt' | 'teams'> & {
    readonly userId?: string;
  })[];
  /** `updatedAt` is the time of acceptance or revocation, for invitations that are no longer open. */
  readonly invitations: readonly {
    readonly status: 'pending' | 'accepted' | 'revoked' | 'expired';
    readonly createdAt: string;
    readonly updatedAt: string;
    readonly expiresAt: string;
  }[];
  /** Each user's active days, `yyyy-mm-dd`. */
  readonly activity: ReadonlyMap<string, readonly string[]>;
  readonly teams: number;
  readonly kpis: UsageSnapshot['kpis'];
  /** Active KPIs without a check-in for 30 days. */
  readonly quietKpis: number;
  readonly runningKpis: number;
  /** The day of the most recent check-in on any KPI. */
  readonly lastCheckInOn?: string | undefined;
  /** Whether there has ever been a check-in. */
  readonly checkedIn: boolean;
  /** Changes on that day, according to the audit log. */
  readonly changes: number;
  readonly checkIns: number;
  /** Undated data that has changed since that day, if figures are computed late. */
  readonly changedSince?: NonNullable<UsageSnapshot['changedSince']>;
}

const waitingDays = 7;
const quietDays = 30;

/** Whether a KPI's period includes a point in time. */
export function isRunning({ period }: Pick<Kpi, 'period'>, at: Date): boolean {
  const today = at.toISOString().slice(0, 10);
  return period.start <= today && today <= period.end;
}

/**
 * Whether an active KPI has had no check-in for 30 days, counted from its latest value or from when it
 * could first have one.
 */
export function isQuiet(
  kpi: Pick<Kpi, 'period' | 'createdAt'> & { readonly latest: { readonly at: string } | null },
  at: Date,
): boolean {
  const { period, createdAt, latest } = kpi;
  const today = at.toISOString().slice(0, 10);
  const [, begun] = [createdAt, period.start].sort();
  const since = latest?.at ?? begun ?? createdAt;
  return isRunning(kpi, at) && since.slice(0, 10) < daysBefore(today, quietDays);
}

/** Whether a pending invitation was older than 7 days on a day. */
const isWaiting = ({ createdAt }: { readonly createdAt: string }, date: string): boolean =>
  createdAt.slice(0, 10) < daysBefore(date, waitingDays);

/** The number of these teams without an active lead. */
function leaderlessTeams(members: readonly Pick<User, 'status' | 'teams'>[], teams: number): number {
  const led = members
    .filter(({ status }) => status === 'active')
    .flatMap((member) =>
      Object.entries(member.teams).flatMap(([id, role]) => (role === 'leader' ? [id] : [])),
    );
  return Math.max(0, teams - new Set(led).size);
}

const openIn =
  ({ end, at }: ReturnType<typeof boundsOf>) =>
  ({ status, createdAt, updatedAt, expiresAt }: UsageFacts['invitations'][number]): boolean => {
    const settled = (status === 'accepted' || status === 'revoked') && updatedAt < end;
    return createdAt < end && !settled && expiresAt > at;
  };

function rolesOf(members: UsageFacts['members']): UsageSnapshot['usersByRole'] {
  const byRole: UsageSnapshot['usersByRole'] = {};
  for (const { role } of members) byRole[role] = (byRole[role] ?? 0) + 1;
  return byRole;
}

const isActiveAdmin = ({ role, status }: UsageFacts['members'][number]) =>
  isAdmin(role) && status === 'active';

function activityOf(activity: UsageFacts['activity'], date: string) {
  const since = (days: number) => {
    const first = daysBefore(date, days - 1);
    return [...activity.values()].filter((used) => used.some((day) => day >= first && day <= date)).length;
  };
  const lastActiveOn = [...activity.values()]
    .flat()
    .filter((day) => day <= date && day > daysBefore(date, 30))
    .sort()
    .at(-1);
  return {
    activeUsers: { day: since(1), week: since(7), month: since(30) },
    ...(lastActiveOn === undefined ? {} : { lastActiveOn }),
  };
}

/** Members by month of joining, with the number active in the month of a day. */
function cohortsOf(
  members: UsageFacts['members'],
  activity: UsageFacts['activity'],
  date: string,
): NonNullable<UsageSnapshot['cohorts']> {
  const first = `${date.slice(0, 7)}-01`;
  const cohorts: NonNullable<UsageSnapshot['cohorts']> = {};
  for (const { createdAt, userId = '' } of members) {
    const month = createdAt.slice(0, 7);
    const [users, active] = cohorts[month] ?? [0, 0];
    const isActive = activity.get(userId)?.some((day) => day >= first && day <= date) === true;
    cohorts[month] = [users + 1, active + (isActive ? 1 : 0)];
  }
  return cohorts;
}

/**
 * The figures of a day (UTC). They depend only on the facts and the day, so that a later computation yields
 * the same, even if it includes later facts. They are provisional until the day is over.
 */
export function figuresOf(facts: UsageFacts, date: string, now: Date): UsageSnapshot {
  const bounds = boundsOf(date, now);
  const { end, final } = bounds;
  const members = facts.members.filter(({ createdAt }) => createdAt < end);
  const activeAdmins = members.filter(isActiveAdmin).length;
  const open = facts.invitations.filter(openIn(bounds));
  const pendingInvitations = open.length;
  const { teams, kpis, checkIns, changes, checkedIn, lastCheckInOn, changedSince = [] } = facts;
  const stage = stageOf({
    admins: activeAdmins,
    users: members.length,
    openInvitations: pendingInvitations,
    teams,
    kpis: sum(Object.values(kpis)),
    checkedIn,
  });
  return {
    date,
    final,
    users: members.length,
    usersByRole: rolesOf(members),
    activeAdmins,
    ...activityOf(facts.activity, date),
    pendingInvitations,
    teams,
    kpis,
    checkIns,
    changes,
    health: {
      waitingInvitations: open.filter((invitation) => isWaiting(invitation, date)).length,
      leaderlessTeams: leaderlessTeams(members, teams),
      quietKpis: facts.quietKpis,
      runningKpis: facts.runningKpis,
      // A value may be for the following day in other time zones.
      ...(lastCheckInOn === undefined ? {} : { lastCheckInOn: earlier(lastCheckInOn, date) }),
    },
    ...(final ? { cohorts: cohortsOf(members, facts.activity, date) } : {}),
    stage,
    ...(changedSince.length === 0 ? {} : { changedSince }),
    definition,
    computedAt: now.toISOString(),
  };
}

const earlier = (a: string, b: string) => (a < b ? a : b);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** A snapshot as named figures, for trends and platform totals. */
export const metricsOf = ({
  usersByRole,
  activeUsers,
  kpis,
  ...snapshot
}: UsageSnapshot): Record<OrganizationMetric, number> => ({
  users: snapshot.users,
  orgAdmins: usersByRole.org_admin ?? 0,
  teamLeaders: usersByRole.team_leader ?? 0,
  teamMembers: usersByRole.team_member ?? 0,
  activeUsers1: activeUsers.day,
  activeUsers7: activeUsers.week,
  activeUsers30: activeUsers.month,
  pendingInvitations: snapshot.pendingInvitations,
  teams: snapshot.teams,
  kpis: sum(Object.values(kpis)),
  kpisOnTrack: kpis.on_track,
  kpisAtRisk: kpis.at_risk,
  kpisOffTrack: kpis.off_track,
  kpisNoData: kpis.no_data,
  checkIns: snapshot.checkIns,
  changes: snapshot.changes,
});
