import type { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../domain/actor.ts';
import { invitationsAfter, invite } from '../../../domain/invitation/invitation.service.ts';
import { createOrganization } from '../../../domain/organization/founding.service.ts';
import { deactivateOrganization } from '../../../domain/organization/standing-change.service.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { acceptAs, admit, seedActor } from './admit.ts';
import { type ClerkPeople, longAgo } from './clerk-people.ts';
import type { Customer } from './customers.ts';
import { type Colleague, formTeams } from './form-teams.ts';
import type { people } from './names.ts';
import { setKpis } from './set-kpis.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

interface Founding {
  readonly plane: ControlPlane;
  readonly clerk: ClerkPeople;
  readonly superAdmin: Actor;
  readonly names: ReturnType<typeof people>;
  readonly now: Date;
}

/** A time of day some days ago, in office hours and never later than the seed itself. */
const daysAgo = (now: Date, days: number) => {
  const morning = new Date(Date.parse(now.toISOString().slice(0, 10)) - days * dayMs + 9 * hourMs);
  return morning < now ? morning : now;
};
const dateOf = (now: Date, days: number) => new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);

/**
 * The last moment at which an organization's people do something: an hour before it is suspended or its plan
 * is over, or now.
 */
function openUntil(now: Date, { suspended, endsDaysAgo = 0 }: Customer): Date {
  const planEnd = Date.parse(dateOf(now, endsDaysAgo)) + dayMs;
  const suspendedAt = suspended === undefined ? planEnd : Number(daysAgo(now, suspended.daysAgo));
  return new Date(Math.min(Number(now), Math.min(planEnd, suspendedAt) - hourMs));
}

/** Founds one organization of the seed by the product's own use cases, at the times it tells of. */
export async function foundCustomer(founding: Founding, customer: Customer): Promise<void> {
  const { scope, admin } = await foundWithAdmin(founding, customer);
  if (admin === null) return;
  const { now, superAdmin } = founding;
  const colleagues = await fillWithPeople(founding, customer, scope, admin);
  const until = openUntil(now, customer);
  const teams = await formTeams(scope, admin, { ...customer, colleagues }, until);
  await setKpis(scope, admin, { ...customer, teams }, until);
  const { suspended } = customer;
  if (suspended !== undefined)
    await deactivateOrganization(scope, superAdmin, suspended.reason, daysAgo(now, suspended.daysAgo));
}

/** The organization, and its first admin if somebody has accepted already. */
async function foundWithAdmin(founding: Founding, customer: Customer) {
  const { plane, clerk, superAdmin, names, now } = founding;
  const { name, domain, plan, createdDaysAgo, endsDaysAgo } = customer;
  const person = names.next().value;
  const admin = { name: person.name, email: person.emailAt(domain), role: 'org_admin' as const };
  const onboarding = customer.people.org_admin === 0;
  const at = daysAgo(now, createdDaysAgo);
  const { id } = await createOrganization(
    plane,
    superAdmin,
    {
      name,
      contactPerson: { name: admin.name, email: admin.email },
      subscription: {
        plan,
        startDate: dateOf(now, createdDaysAgo),
        ...(endsDaysAgo === undefined ? {} : { endDate: dateOf(now, endsDaysAgo) }),
      },
      firstAdmin: { name: admin.name, email: admin.email },
    },
    onboarding ? clerk.sender : longAgo,
    at,
  );
  const scope = withinOrganization(plane, id);
  if (onboarding) return { scope, admin: null };
  const [invitation] = await invitationsAfter(scope, undefined, 1, at);
  if (invitation === undefined) throw new Error('an organization of the seed has no invitation');
  const accepted = new Date(at.getTime() + 2 * hourMs);
  const userId = await acceptAs(scope, clerk, admin, invitation.id, { organization: name, now: accepted });
  return { scope, admin: seedActor(userId, admin) };
}

/** The rest of its people, who joined one after another from the second day on; some are invited still. */
async function fillWithPeople(
  { clerk, names, now }: Founding,
  { name, domain, plan, people: { org_admin, team_leader, team_member }, invited, createdDaysAgo }: Customer,
  scope: OrganizationScope,
  admin: Actor,
): Promise<Colleague[]> {
  const colleagues: Colleague[] = [];
  const roles: OrganizationRole[] = [
    ...Array.from({ length: org_admin - 1 }, () => 'org_admin' as const),
    ...Array.from({ length: team_leader }, () => 'team_leader' as const),
    ...Array.from({ length: team_member }, () => 'team_member' as const),
  ];
  for (const [index, role] of roles.entries()) {
    const person = names.next().value;
    const joined = daysAgo(now, Math.round((createdDaysAgo - 1) * (1 - (index + 1) / (roles.length + 1))));
    const userId = await admit(
      scope,
      clerk,
      admin,
      { name: person.name, email: person.emailAt(domain), role },
      {
        organization: name,
        plan,
        now: joined,
      },
    );
    colleagues.push({ userId, role, joined });
  }
  for (let index = 0; index < invited; index += 1) {
    const person = names.next().value;
    const invitee = { name: person.name, email: person.emailAt(domain), role: 'team_member' as const };
    await invite(scope, admin, invitee, plan, clerk.sender, daysAgo(now, index + 1));
  }
  return colleagues;
}
