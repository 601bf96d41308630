import type { Entitlement, Plan } from './subscription.schema.ts';

/** A plan's entitlements. `seats` counts users and pending invitations. */
export interface Entitlements extends Readonly<Record<Entitlement, number>> {
  /** How many days audit entries are kept. */
  readonly auditRetentionDays: number;
  /** Requests per minute of all the organization's users. */
  readonly requestsPerMinute: number;
}

/** The plans, as data. */
export const catalogue: Readonly<Record<Plan, Entitlements>> = {
  starter: { seats: 10, teams: 3, kpis: 20, auditRetentionDays: 90, requestsPerMinute: 300 },
  growth: { seats: 50, teams: 15, kpis: 150, auditRetentionDays: 365, requestsPerMinute: 1200 },
  enterprise: { seats: 2000, teams: 300, kpis: 5000, auditRetentionDays: 2555, requestsPerMinute: 6000 },
};

/** The longest retention of any plan. */
export const longestAuditRetentionDays = Math.max(
  ...Object.values(catalogue).map(({ auditRetentionDays }) => auditRetentionDays),
);
