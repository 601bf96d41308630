import {
  type EarlierFacts,
  type Health,
  type HealthReason,
  type HealthReasonCode,
  healthLevels,
  healthReasons,
  type Signals,
} from './health.schema.ts';
import { fullScore, healthWeights } from './health-weights.schema.ts';
import type { Organization } from './profile.schema.ts';

/** What health is computed from: stored counters, and the results of the last hourly run. */
export interface HealthFacts extends Pick<Organization, 'status' | 'subscription' | 'createdAt'> {
  readonly counts: {
    readonly users: number;
    readonly pendingInvitations: number;
    readonly teams: number;
    readonly kpis: number;
  };
  /** Active ones. */
  readonly admins: number;
  /** The day (UTC) of its last use; until then, its creation. */
  readonly lastActivityOn: string;
  /** Absent before the first run. */
  readonly signals?: Signals | undefined;
  /** The same facts a week ago, if known. */
  readonly weekAgo?: EarlierFacts | undefined;
}

/** Limits from which something counts as a reason. */
const limits = {
  newDays: 14,
  planEndsSoonDays: 30,
  planEndsAtRiskDays: 14,
  noActivityDays: 14,
  /** With fewer users a percentage is meaningless. */
  lowActivityUsers: 5,
  lowActivityShare: 0.25,
  noCheckInsDays: 10,
  noCheckInsAtRiskDays: 21,
} as const;

const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const isNew = ({ createdAt }: HealthFacts, today: string) =>
  daysBetween(createdAt.slice(0, 10), today) < limits.newDays;

/** A reason as found; its weight is assigned later. */
type Found = Omit<HealthReason, 'weight'>;
/** The result of a rule: a reason without its code, or null. */
type Finding = Omit<Found, 'code'> | null;
type Rule = (facts: HealthFacts, today: string) => Finding;

const some = (count: number | undefined, of: number): Finding =>
  count === undefined || count === 0 ? null : { level: 'watch', count, of };

/** The rules, by reason code. A new reason needs an entry here and a sentence in the web app. */
const rules: Readonly<Record<HealthReasonCode, Rule>> = {
  suspended: ({ status }) => (status === 'active' ? null : { level: 'inactive' }),
  plan_expired: ({ subscription: { endDate } }, today) =>
    endDate === undefined || endDate >= today
      ? null
      : { level: 'at_risk', date: endDate, days: daysBetween(endDate, today) },
  plan_ends_soon: ({ subscription: { endDate } }, today) => {
    if (endDate === undefined) return null;
    const days = daysBetween(today, endDate);
    if (days > limits.planEndsSoonDays) return null;
    return { level: days > limits.planEndsAtRiskDays ? 'watch' : 'at_risk', date: endDate, days };
  },
  no_admin: (facts, today) => {
    if (facts.admins > 0) return null;
    return { level: facts.counts.users === 0 && isNew(facts, today) ? 'new' : 'at_risk' };
  },
  no_activity: (facts, today) => {
    const days = daysBetween(facts.lastActivityOn, today);
    // Without an admin, or while it is new, no activity is expected.
    const isExplained = facts.admins === 0 || isNew(facts, today);
    return isExplained || days < limits.noActivityDays ? null : { level: 'at_risk', days };
  },
  low_activity: (facts, today) => {
    const { counts, signals } = facts;
    if (signals === undefined || counts.users < limits.lowActivityUsers) return null;
    const isUsed = signals.activeUsers >= counts.users * limits.lowActivityShare;
    const isExplained = isNew(facts, today) || rules.no_activity(facts, today) !== null;
    return isUsed || isExplained ? null : { level: 'at_risk', count: signals.activeUsers, of: counts.users };
  },
  no_check_ins: ({ signals }, today) => {
    if (signals?.lastCheckInOn === undefined || signals.runningKpis === 0) return null;
    const days = daysBetween(signals.lastCheckInOn, today);
    if (days < limits.noCheckInsDays) return null;
    return { level: days < limits.noCheckInsAtRiskDays ? 'watch' : 'at_risk', days };
  },
  invitations_waiting: ({ signals, counts }) => some(signals?.waitingInvitations, counts.pendingInvitations),
  teams_without_leader: ({ signals, counts }) => some(signals?.leaderlessTeams, counts.teams),
  kpis_quiet: ({ signals }) => some(signals?.quietKpis, signals?.runningKpis ?? 0),
};

/** Reasons for which no one can sign in. Such a reason explains the others, so it is reported alone. */
const shutting = ['suspended', 'plan_expired'] as const;

const find = (codes: readonly HealthReasonCode[], facts: HealthFacts, today: string): Found[] =>
  codes.flatMap((code) => {
    const finding = rules[code](facts, today);
    return finding === null ? [] : [{ code, ...finding }];
  });

const urgency = ({ level }: Found) => healthLevels.indexOf(level);

/** Reasons with their weights, heaviest first within each level, and the resulting score. */
export function weigh(found: readonly Found[]): Pick<Health, 'score' | 'reasons'> {
  const reasons = found
    .map((reason) => ({ ...reason, weight: healthWeights[reason.code][reason.level] ?? 0 }))
    .sort((a, b) => urgency(a) - urgency(b) || b.weight - a.weight);
  const lost = reasons.reduce((sum, { weight }) => sum + weight, 0);
  return { score: Math.max(0, fullScore - lost), reasons };
}

function judge(facts: HealthFacts, today: string): Health {
  const closed = find(shutting, facts, today).slice(0, 1);
  const weighed = weigh(closed.length > 0 ? closed : find(healthReasons, facts, today));
  return { level: weighed.reasons[0]?.level ?? (isNew(facts, today) ? 'new' : 'healthy'), ...weighed };
}

/** Health on an earlier day, by the facts of that day. */
export const earlierHealth = (organization: HealthFacts, earlier: EarlierFacts): Health =>
  judge({ ...organization, ...earlier }, earlier.date);

/**
 * An organization's health on a day (UTC), with the reasons: the single source for the list, the detail
 * page and the dashboard.
 */
export function healthOf(facts: HealthFacts, today: string): Health {
  const health = judge(facts, today);
  const { weekAgo, status } = facts;
  // The start of a suspension isn't known here, so there is nothing to compare with.
  if (weekAgo === undefined || status !== 'active') return health;
  return { ...health, weekAgo: { date: weekAgo.date, score: earlierHealth(facts, weekAgo).score } };
}
