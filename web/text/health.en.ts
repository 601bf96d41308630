import { inEnglish } from './count.ts';

/** How a customer is doing, and why. */
export const health = {
  health: 'Health',
  levels: {
    healthy: 'Healthy',
    watch: 'Needs attention',
    at_risk: 'At risk',
    new: 'New',
    inactive: 'Suspended',
  },
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
