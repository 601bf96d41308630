import type { Role } from '../../../domain/access/roles.schema.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';

/** How many people of each role an organization has. The first admin is one of its admins. */
type Headcount = Record<Exclude<Role, 'super_admin'>, number>;

/** One organization of the seed. Ages and ends are in days before (or, negative, after) the day of the seed. */
export interface Customer {
  readonly name: string;
  /** Domain of its people's addresses; `.example` is nobody's (RFC 2606). */
  readonly domain: string;
  readonly plan: Plan;
  readonly createdDaysAgo: number;
  readonly endsDaysAgo?: number;
  readonly people: Headcount;
  /** People invited who haven't accepted yet. */
  readonly invited: number;
  readonly suspended?: { readonly daysAgo: number; readonly reason: string };
}

/** Three organizations of different plan and age, one suspended, one whose plan has ended, one still onboarding. */
export const customers: readonly Customer[] = [
  {
    name: 'Northwind Logistics',
    domain: 'northwind.example',
    plan: 'enterprise',
    createdDaysAgo: 400,
    endsDaysAgo: -330,
    people: { org_admin: 2, team_leader: 5, team_member: 17 },
    invited: 2,
  },
  {
    name: 'Bluebird Health',
    domain: 'bluebird.example',
    plan: 'growth',
    createdDaysAgo: 150,
    endsDaysAgo: -21,
    people: { org_admin: 1, team_leader: 3, team_member: 9 },
    invited: 3,
  },
  {
    name: 'Cedar & Finch Studio',
    domain: 'cedarfinch.example',
    plan: 'starter',
    createdDaysAgo: 45,
    people: { org_admin: 1, team_leader: 1, team_member: 4 },
    invited: 1,
  },
  {
    name: 'Harbour Retail Group',
    domain: 'harbour.example',
    plan: 'growth',
    createdDaysAgo: 210,
    people: { org_admin: 1, team_leader: 1, team_member: 3 },
    invited: 0,
    suspended: { daysAgo: 9, reason: 'Two invoices unpaid; agreed with their finance team.' },
  },
  {
    name: 'Oakline Manufacturing',
    domain: 'oakline.example',
    plan: 'starter',
    createdDaysAgo: 377,
    endsDaysAgo: 12,
    people: { org_admin: 1, team_leader: 1, team_member: 2 },
    invited: 0,
  },
  {
    name: 'Quartz Robotics',
    domain: 'quartz.example',
    plan: 'growth',
    createdDaysAgo: 2,
    people: { org_admin: 0, team_leader: 0, team_member: 0 },
    invited: 0,
  },
];
