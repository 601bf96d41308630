import { inEnglish } from './count.ts';

/** A customer's health, and the reasons for it. */
export const health = {
  health: 'Health',
  levels: {
    healthy: 'Healthy',
    watch: 'Needs attention',
    at_risk: 'At risk',
    new: 'New',
    inactive: 'Suspended',
  },
  score: (score: number) => `${score} of 100`,
  scored: (score: number) => `Health score: ${score} of 100`,
  sinceLastWeek: (points: number) => {
    if (points === 0) return 'No change since last week';
    return `${points > 0 ? '+' : '−'}${Math.abs(points)} since last week`;
  },
  since: (points: number, date: string) =>
    points === 0
      ? `No change since ${date}`
      : `${points > 0 ? '+' : '−'}${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'} since ${date}`,
  takes: (weight: number) => `−${weight}`,
  takesInFull: (weight: number) => `takes ${weight} ${weight === 1 ? 'point' : 'points'} off the score`,
  history: 'Health score',
  historyText:
    '100 minus the points of all reasons, for each day, by today’s rules. Days without usage data are left out.',
  reasons: {
    suspended: () => 'Suspended: members have no access',
    plan_expired: ({ days = 0 }: Said) => `Plan ended ${daysAgo(days)}`,
    plan_ends_soon: ({ days = 0 }: Said) => `Plan ends ${inDays(days)}`,
    no_admin: ({ level }: Said): string =>
      level === 'new' ? 'The first admin hasn’t joined yet' : 'No active admin',
    no_activity: ({ days = 0 }: Said) => `No activity for ${days} days`,
    low_activity: ({ count = 0, of = 0 }: Said) => `${inEnglish(count)} of ${of} people active this week`,
    no_check_ins: ({ days = 0 }: Said) => `No check-ins for ${days} days`,
    invitations_waiting: ({ count = 0 }: Said) => `Invitations pending for over a week: ${inEnglish(count)}`,
    teams_without_leader: ({ count = 0 }: Said) =>
      count === 1 ? '1 team without a lead' : `${inEnglish(count)} teams without a lead`,
    kpis_quiet: ({ count = 0, of = 0 }: Said) =>
      `${inEnglish(count)} of ${of} active KPIs without a check-in for 30 days`,
  },
};

/** The numbers of a reason. */
interface Said {
  readonly level: string;
  readonly days?: number | undefined;
  readonly count?: number | undefined;
  readonly of?: number | undefined;
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

const daysAgo = (days: number): string => (days === 1 ? 'yesterday' : `${days} days ago`);
