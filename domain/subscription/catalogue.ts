import type { Plan } from './subscription.schema.ts';

/** What a plan allows an organization to have. */
export interface Entitlements {
  /** Users and open invitations together. */
  readonly seats: number;
  readonly teams: number;
  readonly kpis: number;
}

/** What can be had too much of. */
export type Entitlement = keyof Entitlements;

/** The plans, as data. */
export const catalogue: Readonly<Record<Plan, Entitlements>> = {
  starter: { seats: 10, teams: 3, kpis: 20 },
  growth: { seats: 50, teams: 15, kpis: 150 },
  enterprise: { seats: 2000, teams: 300, kpis: 5000 },
};
