import * as z from 'zod/mini';
import { Kpi } from '../kpi/kpi.schema.ts';
import { TeamMember, TeamSummary } from '../team/team.schema.ts';
import { User } from '../user/profile.schema.ts';
import { KpiCounts, Reporting } from './analytics.schema.ts';

/** A reported value with its time. */
const Reported = z.object({ value: z.number(), at: z.string() });

/** A team at a glance, for its leader. */
export const TeamAnalytics = z.object({
  team: TeamSummary,
  members: z.array(TeamMember),
  kpis: KpiCounts,
  reporting: Reporting,
  /** The team's KPIs with their latest values (oldest first), most urgent first. */
  items: z.array(z.object({ kpi: Kpi, values: z.array(Reported) })),
});
export type TeamAnalytics = z.infer<typeof TeamAnalytics>;

/** A user's work: the KPIs assigned to them, and their teams. */
export const Dashboard = z.object({
  user: z.pick(User, { userId: true, name: true, role: true }),
  kpis: KpiCounts,
  reporting: Reporting,
  /** Due ones (without a value from the last 7 days) first, then by status, then by age of the value. */
  items: z.array(z.object({ kpi: Kpi, due: z.boolean() })),
  teams: z.array(z.extend(TeamSummary, { role: z.enum(['leader', 'member']) })),
  /** The latest values of these KPIs, newest first. */
  recent: z.array(z.extend(Reported, { kpiId: z.string(), name: z.string(), unit: z.string() })),
});
export type Dashboard = z.infer<typeof Dashboard>;
