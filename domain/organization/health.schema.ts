import * as z from 'zod/mini';
import { calendarDate } from '../time.schema.ts';

/**
 * How a customer is doing: `inactive` if suspended, `new` in its first two weeks while nothing else is to be
 * said, otherwise by the worst of its reasons.
 */
export const healthLevels = ['at_risk', 'watch', 'new', 'healthy', 'inactive'] as const;
export const HealthLevel = z.enum(healthLevels);
export type HealthLevel = z.infer<typeof HealthLevel>;

/** Why an organization isn't simply healthy, the most pressing first. */
export const healthReasons = [
  'plan_expired',
  'plan_ends_soon',
  'no_admin',
  'no_activity',
  'low_activity',
  'no_check_ins',
  'invitations_waiting',
  'teams_without_leader',
  'kpis_quiet',
  'suspended',
] as const;
export const HealthReasonCode = z.enum(healthReasons);
export type HealthReasonCode = z.infer<typeof HealthReasonCode>;

/** One reason, with the numbers that its sentence needs. */
export const HealthReason = z.object({
  code: HealthReasonCode,
  level: HealthLevel,
  /** Since when, or until when. */
  days: z.optional(z.int()),
  date: z.optional(calendarDate),
  /** How many, and of how many. */
  count: z.optional(z.int()),
  of: z.optional(z.int()),
  /** The points that it takes off the score. */
  weight: z.int(),
});
export type HealthReason = z.infer<typeof HealthReason>;

/**
 * `score`: 100 without the weights of all reasons, at least 0. `weekAgo` is the score of about a week before,
 * by the same weights; absent where nothing is known of that time.
 */
export const Health = z.object({
  level: HealthLevel,
  score: z.int(),
  reasons: z.array(HealthReason),
  weekAgo: z.optional(z.object({ date: calendarDate, score: z.int() })),
});
export type Health = z.infer<typeof Health>;

/**
 * What the last hourly run found of an organization that its counts don't say. docs/metrics.md says what each
 * figure is.
 */
export const Signals = z.object({
  date: calendarDate,
  /** People who used the product in the 7 days that end with `date`. */
  activeUsers: z.int(),
  waitingInvitations: z.int(),
  leaderlessTeams: z.int(),
  runningKpis: z.int(),
  quietKpis: z.int(),
  /** The day of the latest value of any KPI. */
  lastCheckInOn: z.optional(calendarDate),
});
export type Signals = z.infer<typeof Signals>;

/** What health was judged by on an earlier day, as that day's snapshot has it. */
export const EarlierFacts = z.object({
  date: calendarDate,
  counts: z.object({ users: z.int(), pendingInvitations: z.int(), teams: z.int(), kpis: z.int() }),
  admins: z.int(),
  lastActivityOn: calendarDate,
  signals: Signals,
});
export type EarlierFacts = z.infer<typeof EarlierFacts>;
