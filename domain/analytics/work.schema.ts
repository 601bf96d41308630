import * as z from 'zod/mini';
import { Kpi } from '../kpi/kpi.schema.ts';
import { TeamMember, TeamSummary } from '../team/team.schema.ts';
import { User } from '../user/profile.schema.ts';
import { KpiCounts } from './analytics.schema.ts';

/** A value that was reported, and the time it is true for. */
const Reported = z.object({ value: z.number(), at: z.string() });

/**
 * How well a number of KPIs is reported on: of those whose period is running, those with a value of the last
 * 7 days.
 */
const Reporting = z.object({ running: z.int(), reported: z.int() });

/** A team at a glance, for its leader. */
export const TeamAnalytics = z.object({
  team: TeamSummary,
  members: z.array(TeamMember),
  kpis: KpiCounts,
  reporting: Reporting,
  /** The team's KPIs, those that need somebody first, with their latest values, oldest first. */
  items: z.array(z.object({ kpi: Kpi, values: z.array(Reported) })),
});
export type TeamAnalytics = z.infer<typeof TeamAnalytics>;

/** What somebody has to do: the KPIs assigned to them, and the teams they are in. */
export const Dashboard = z.object({
  user: z.pick(User, { userId: true, name: true, role: true }),
  kpis: KpiCounts,
  reporting: Reporting,
  /** What is due first: without a value of the last 7 days, then by status, then by the age of the value. */
  items: z.array(z.object({ kpi: Kpi, due: z.boolean() })),
  teams: z.array(z.extend(TeamSummary, { role: z.enum(['leader', 'member']) })),
  /** The latest values of these KPIs, newest first. */
  recent: z.array(z.extend(Reported, { kpiId: z.string(), name: z.string(), unit: z.string() })),
});
export type Dashboard = z.infer<typeof Dashboard>;
