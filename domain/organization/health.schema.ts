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
});
export type HealthReason = z.infer<typeof HealthReason>;

export const Health = z.object({ level: HealthLevel, reasons: z.array(HealthReason) });
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
