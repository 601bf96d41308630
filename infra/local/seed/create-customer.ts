import type { OrganizationRole, Role } from '../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { UserId } from '../../../domain/ids.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { invitationsAfter } from '../../../domain/invitation/list-invitations.ts';
import { createOrganization } from '../../../domain/organization/create-organization.ts';
import { requireOrganization } from '../../../domain/organization/find-organization.ts';
import { suspendOrganization } from '../../../domain/organization/suspend-organization.ts';
import { updateOwnOrganization } from '../../../domain/organization/update-organization.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { findTeamAndUser, setTeamMember } from '../../../domain/team/team-members.ts';
import {
  acceptInvitation,
  type ClerkPeople,
  inviteAndAccept,
  longAgo,
  onPlan,
  seedActor,
} from './clerk-people.ts';
import type { Customer, people, TeamPlan } from './customers.ts';
import { setKpis } from './set-kpis.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

interface SeedContext {
  readonly plane: ControlPlane;
  readonly clerk: ClerkPeople;
  readonly superAdmin: Actor;
  readonly names: ReturnType<typeof people>;
  readonly now: Date;
}

/** Nine o'clock some days ago, or now if that is earlier. */
const daysAgo = (now: Date, days: number) => {
  const morning = new Date(Date.parse(now.toISOString().slice(0, 10)) - days * dayMs + 9 * hourMs);
  return morning < now ? morning : now;
};
const dateOf = (now: Date, days: number) => new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);

/**
 * The last time at which an organization's users are active: an hour before it is suspended or its plan
 * ends, or now.
 */
function openUntil(now: Date, { suspended, endsDaysAgo = 0 }: Customer): Date {
  const planEnd = Date.parse(dateOf(now, endsDaysAgo)) + dayMs;
  const suspendedAt = suspended === undefined ? planEnd : Number(daysAgo(now, suspended.daysAgo));
  return new Date(Math.min(Number(now), Math.min(planEnd, suspendedAt) - hourMs));
}

/** Creates one organization of the seed by the product's use cases, dated in the past. */
export async function createCustomer(context: SeedContext, customer: Customer): Promise<void> {
  const { scope, admin } = await createWithAdmin(context, customer);
  if (admin === null) return;
  const { now, superAdmin } = context;
  const colleagues = await fillWithPeople(context, customer, scope, admin);
  const until = openUntil(now, customer);
  const teams = await formTeams(scope, admin, { ...customer, colleagues }, until);
  await setKpis(scope, admin, { ...customer, teams }, until);
  const { reminders, suspended } = customer;
  if (reminders !== undefined) {
    const before = await requireOrganization(scope);
    const change = { revision: before.revision, reminders };
    await updateOwnOrganization({ scope, actor: admin, now: daysAgo(now, 60) }, before, change);
  }
  if (suspended !== undefined)
    await suspendOrganization({ scope, actor: superAdmin, now: daysAgo(now, suspended.daysAgo) }, suspended);
}

/** The organization, and its first admin if the invitation has been accepted. */
async function createWithAdmin(context: SeedContext, customer: Customer) {
  const { plane, clerk, superAdmin, names, now } = context;
  const { name, domain, plan, createdDaysAgo, endsDaysAgo } = customer;
  const person = names.next().value;
  const admin = { name: person.name, email: person.emailAt(domain), role: 'org_admin' as const };
  const onboarding = customer.people.org_admin === 0;
  const at = daysAgo(now, createdDaysAgo);
  const { id } = await createOrganization(
    { scope: platformScope(plane), actor: superAdmin, now: at },
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
  );
  const scope = withinOrganization(plane, id);
  if (onboarding) return { scope, admin: null };
  const [invitation] = await invitationsAfter(scope, undefined, 1, at);
  if (invitation === undefined) throw new Error('an organization of the seed has no invitation');
  const accepted = new Date(at.getTime() + 2 * hourMs);
  const userId = await acceptInvitation(scope, clerk, admin, invitation.id, {
    organization: name,
    now: accepted,
  });
  return { scope, admin: seedActor(userId, admin) };
}

/** The other users, who joined one after another from the second day on, and those who are only invited. */
async function fillWithPeople(
  { clerk, names, now }: SeedContext,
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
    const userId = await inviteAndAccept(
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
    await invite(
      { scope, actor: admin, now: daysAgo(now, index + 1) },
      { person: invitee, organization: onPlan(plan) },
      clerk.sender,
    );
  }
  return colleagues;
}

/** A member of an organization. */
interface Colleague {
  readonly userId: UserId;
  readonly role: Role;
  readonly joined: Date;
}

/**
 * Creates the teams, each the day after its leader joined, and distributes the other people; every fifth is
 * in two teams.
 */
async function formTeams(
  scope: OrganizationScope,
  admin: Actor,
  { teams: plans, plan, colleagues }: { teams: readonly TeamPlan[]; plan: Plan; colleagues: Colleague[] },
  now: Date,
): Promise<Team[]> {
  const leaders = colleagues.filter(({ role }) => role === 'team_leader');
  const dayAfter = (...times: Date[]) =>
    new Date(Math.min(Math.max(...times.map(Number)) + dayMs, now.getTime()));
  const teams: Team[] = [];
  for (const { name, description, leaderless } of plans) {
    const leader = leaderless ? undefined : leaders.shift();
    const input = { name, description, ...(leader === undefined ? {} : { leaderId: leader.userId }) };
    const made = dayAfter(leader?.joined ?? new Date(teams.at(-1)?.createdAt ?? now));
    teams.push(await createTeam({ scope, actor: admin, now: made }, { ...input, plan }));
  }
  const members = colleagues.filter(({ role }) => role === 'team_member');
  for (const [index, { userId, joined }] of members.entries()) {
    const places = index % 5 === 4 && teams.length > 1 ? [index, index + 1] : [index];
    for (const place of places) {
      const team = teams[place % teams.length];
      if (team === undefined) continue;
      const found = await findTeamAndUser(scope, { teamId: team.id, userId });
      const change = { role: 'member', revision: found.team.item.revision } as const;
      await setTeamMember(
        { scope, actor: admin, now: dayAfter(joined, new Date(team.createdAt)) },
        found,
        change,
      );
    }
  }
  return teams;
}
