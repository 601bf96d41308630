import * as z from 'zod/mini';
import { stages } from '../organization/onboarding.schema.ts';
import { plans } from '../subscription/subscription.schema.ts';

/** The figures of one organization's day. docs/metrics.md defines them. */
const organizationMetrics = [
  'users',
  'orgAdmins',
  'teamLeaders',
  'teamMembers',
  'activeUsers1',
  'activeUsers7',
  'activeUsers30',
  'pendingInvitations',
  'teams',
  'kpis',
  'kpisOnTrack',
  'kpisAtRisk',
  'kpisOffTrack',
  'kpisNoData',
  'checkIns',
  'changes',
] as const;
export const OrganizationMetric = z.enum(organizationMetrics);
export type OrganizationMetric = z.infer<typeof OrganizationMetric>;

/** The figures of the platform's day: sums over all organizations, and counts of organizations. */
export const platformMetrics = [
  ...organizationMetrics,
  'organizations',
  'newOrganizations',
  'organizationsServed',
  'organizationsSuspended',
  'organizationsExpired',
  'organizationsActive7',
  ...plans.map((plan) => `plan.${plan}` as const),
  ...stages.map((stage) => `stage.${stage}` as const),
] as const;
export const PlatformMetric = z.enum(platformMetrics);
export type PlatformMetric = z.infer<typeof PlatformMetric>;

/** How figures of several days are combined: the last day's, their sum or their mean. */
export const Aggregate = z.enum(['last', 'sum', 'mean']);
export type Aggregate = z.infer<typeof Aggregate>;

const others: Partial<Record<PlatformMetric, Aggregate>> = {
  activeUsers1: 'mean',
  checkIns: 'sum',
  changes: 'sum',
  newOrganizations: 'sum',
};

/** How a metric's days are combined into one figure per week, month or period. */
export const aggregateOf = (metric: PlatformMetric): Aggregate => others[metric] ?? 'last';
