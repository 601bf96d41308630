import type { Role } from '../../../domain/access/roles.schema.ts';
import type { MailPlan } from '../../../domain/organization/profile.schema.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';

/** Number of people by role, the first admin included. */
type Headcount = Record<Exclude<Role, 'super_admin'>, number>;

/** One team of the seed. */
export interface TeamPlan {
  readonly name: string;
  readonly description: string;
  /** It has never had a leader. */
  readonly leaderless?: true;
}

/**
 * One organization of the seed. Ages and ends are in days before (or, negative, after) the day of the seed.
 */
export interface Customer {
  readonly name: string;
  /** The domain of its users' addresses; `.example` is reserved (RFC 2606). */
  readonly domain: string;
  readonly plan: Plan;
  readonly createdDaysAgo: number;
  readonly endsDaysAgo?: number;
  readonly people: Headcount;
  /** Invitations that haven't been accepted yet. */
  readonly invited: number;
  readonly teams: readonly TeamPlan[];
  /** Email reminders, which its admin turned on two months ago. */
  readonly reminders?: MailPlan;
  readonly suspended?: { readonly daysAgo: number; readonly reason: string };
}

/**
 * Three organizations of different plan and age, one suspended, one whose plan has ended, one still
 * onboarding.
 */
export const customers: readonly Customer[] = [
  {
    name: 'Northwind Logistics',
    domain: 'northwind.example',
    plan: 'enterprise',
    createdDaysAgo: 400,
    endsDaysAgo: -330,
    people: { org_admin: 2, team_leader: 5, team_member: 17 },
    invited: 2,
    teams: [
      { name: 'Freight Operations', description: 'Road, rail and sea freight' },
      { name: 'Warehouse North', description: 'Receiving, storage and picking in the northern halls' },
      { name: 'Warehouse South', description: 'Receiving, storage and picking in the southern halls' },
      { name: 'Customer Care', description: 'Answers questions about shipments' },
      { name: 'Fleet and Maintenance', description: 'Keeps trucks and forklifts running' },
      { name: 'Customs', description: 'Customs papers and duties', leaderless: true },
    ],
    reminders: { timeZone: 'Europe/Berlin', language: 'en' },
  },
  {
    name: 'Bluebird Health',
    domain: 'bluebird.example',
    plan: 'growth',
    createdDaysAgo: 150,
    endsDaysAgo: -21,
    people: { org_admin: 1, team_leader: 3, team_member: 9 },
    invited: 3,
    teams: [
      { name: 'Care Coordination', description: 'Finds each patient the right appointment' },
      { name: 'Clinic Systems', description: 'Software and devices for all clinics' },
      { name: 'Billing', description: 'Bills insurers and patients' },
    ],
  },
  {
    name: 'Cedar & Finch Studio',
    domain: 'cedarfinch.example',
    plan: 'starter',
    createdDaysAgo: 45,
    people: { org_admin: 1, team_leader: 1, team_member: 4 },
    invited: 1,
    teams: [{ name: 'Studio', description: 'Everyone in design and production' }],
  },
  {
    name: 'Harbour Retail Group',
    domain: 'harbour.example',
    plan: 'growth',
    createdDaysAgo: 210,
    people: { org_admin: 1, team_leader: 1, team_member: 3 },
    invited: 0,
    teams: [{ name: 'Shops', description: 'Runs the four shops on the waterfront' }],
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
    teams: [{ name: 'Assembly', description: 'Builds and tests the presses' }],
  },
  {
    name: 'Quartz Robotics',
    domain: 'quartz.example',
    plan: 'growth',
    createdDaysAgo: 2,
    people: { org_admin: 0, team_leader: 0, team_member: 0 },
    invited: 0,
    teams: [],
  },
];

const given = (
  'Amara Bruno Chloe Dmitri Elif Farid Grace Hana Ivo Jonas Kavya Liam ' +
  'Mei Nadia Oscar Paula Quentin Rosa Samir Tove Uma Viktor Wanda Yusuf'
).split(' ');
const family = (
  'Abara Bergström Castillo Dubois Eriksen Fontaine Gupta Haddad Ivanova ' +
  'Jansen Kowalski Lindqvist Moreau Nakamura Okafor Petrov Quist Romano Silva'
).split(' ');

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();

/** People in a fixed order. 24 and 19 share no factor, so 456 names come before one repeats. */
export function* people(): Generator<{ readonly name: string; emailAt(domain: string): string }, never> {
  for (let index = 0; ; index += 1) {
    const [first, last] = [given[index % given.length], family[index % family.length]];
    const name = `${first} ${last}`;
    yield { name, emailAt: (domain) => `${plain(name).replaceAll(' ', '.')}@${domain}` };
  }
}
