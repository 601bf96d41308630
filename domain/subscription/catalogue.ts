import type { Entitlement, Plan } from './subscription.schema.ts';

/** What a plan gives an organization. `seats` are users and open invitations together. */
export interface Entitlements extends Readonly<Record<Entitlement, number>> {
  /** How many days an entry of the audit trail is kept. */
  readonly auditRetentionDays: number;
  /** How many requests of all its people the API answers in a minute. */
  readonly requestsPerMinute: number;
}

/** The plans, as data. */
export const catalogue: Readonly<Record<Plan, Entitlements>> = {
  starter: { seats: 10, teams: 3, kpis: 20, auditRetentionDays: 90, requestsPerMinute: 300 },
  growth: { seats: 50, teams: 15, kpis: 150, auditRetentionDays: 365, requestsPerMinute: 1200 },
  enterprise: { seats: 2000, teams: 300, kpis: 5000, auditRetentionDays: 2555, requestsPerMinute: 6000 },
};

/** The retention of the plan that keeps entries the longest. */
export const longestAuditRetentionDays = Math.max(
  ...Object.values(catalogue).map(({ auditRetentionDays }) => auditRetentionDays),
);
