import * as z from 'zod/mini';
import { calendarDate } from '../time.schema.ts';

/**
 * A customer's health: `inactive` if suspended, `new` in its first two weeks if there is no other reason,
 * otherwise the level of its worst reason.
 */
export const healthLevels = ['at_risk', 'watch', 'new', 'healthy', 'inactive'] as const;
export const HealthLevel = z.enum(healthLevels);
export type HealthLevel = z.infer<typeof HealthLevel>;

/** Why an organization isn't healthy, most urgent first. */
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

/** One reason, with the numbers for its sentence. */
export const HealthReason = z.object({
  code: HealthReasonCode,
  level: HealthLevel,
  /** Days since or until. */
  days: z.optional(z.int()),
  date: z.optional(calendarDate),
  /** How many, out of how many. */
  count: z.optional(z.int()),
  of: z.optional(z.int()),
  /** The points that it deducts from the score. */
  weight: z.int(),
});
export type HealthReason = z.infer<typeof HealthReason>;

/**
 * `score`: 100 minus the weights of all reasons, at least 0. `weekAgo`: the score of about a week before,
 * by the same weights; absent if unknown.
 */
export const Health = z.object({
  level: HealthLevel,
  score: z.int(),
  reasons: z.array(HealthReason),
  weekAgo: z.optional(z.object({ date: calendarDate, score: z.int() })),
});
export type Health = z.infer<typeof Health>;

/** What the last hourly run found that counters don't show. docs/metrics.md defines each figure. */
export const Signals = z.object({
  date: calendarDate,
  /** Users active in the 7 days that end with `date`. */
  activeUsers: z.int(),
  waitingInvitations: z.int(),
  leaderlessTeams: z.int(),
  runningKpis: z.int(),
  quietKpis: z.int(),
  /** The day of the most recent check-in on any KPI. */
  lastCheckInOn: z.optional(calendarDate),
});
export type Signals = z.infer<typeof Signals>;

/** The facts that health was computed from on an earlier day, as stored in that day's snapshot. */
export const EarlierFacts = z.object({
  date: calendarDate,
  counts: z.object({ users: z.int(), pendingInvitations: z.int(), teams: z.int(), kpis: z.int() }),
  admins: z.int(),
  lastActivityOn: calendarDate,
  signals: Signals,
});
export type EarlierFacts = z.infer<typeof EarlierFacts>;
