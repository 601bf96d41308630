import type { Actor } from '../../../domain/actor.ts';
import { createInitiative } from '../../../domain/initiative/create-initiative.ts';
import { updateInitiative } from '../../../domain/initiative/update-initiative.ts';
import { createCheckIn } from '../../../domain/kpi/create-check-in.ts';
import { createKpi } from '../../../domain/kpi/create-kpi.ts';
import type { Kpi, KpiOwner } from '../../../domain/kpi/kpi.schema.ts';
import { updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { usersAfter } from '../../../domain/user/list-users.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { seedActor } from './clerk-people.ts';
import { type KpiPlan, type KpiStory, kpiPlans, reportedValue } from './kpi-plans.ts';

interface Begun {
  readonly initiatives: KpiStory['initiatives'] | undefined;
  readonly scope: OrganizationScope;
  readonly admin: Actor;
  readonly now: Date;
  /** Candidates for its owner, the KPI's leader first. */
  readonly people: readonly User[];
  readonly since: Date;
}

/** Starts the initiatives of the seed's teams for a KPI, a week apart, and sets their progress. */
async function startInitiatives(
  kpi: Kpi,
  { scope, admin, now, people, since, initiatives = [] }: Begun,
): Promise<void> {
  for (const [index, plan] of initiatives.entries()) {
    const owner = people[index % people.length];
    if (owner === undefined) return;
    const begun = new Date(Math.min(since.getTime() + (index + 1) * 7 * dayMs, now.getTime()));
    const due = new Date(now.getTime() + plan.dueInDays * dayMs);
    const made = await createInitiative(
      { scope, actor: admin, now: begun },
      {
        kpi,
        input: {
          title: plan.title,
          ownerId: owner.userId,
          dueDate: due.toISOString().slice(0, 10),
          status: 'planned',
          notes: plan.notes,
        },
      },
    );
    if (plan.status === 'planned') continue;
    const moved = new Date(Math.min(begun.getTime() + 9 * dayMs, now.getTime()));
    const actor = seedActor(owner.userId, owner);
    await updateInitiative({ scope, actor, now: moved }, made, { revision: 1, status: plan.status });
  }
}

const dayMs = 86_400_000;
/** Reports go back four months at most. */
const longestDays = 119;
/** How much of each period is over on the day of the seed. */
const elapsedNow = 0.65;
/** Days since the last report of a silent KPI. */
const silentDays = 45;

interface KpiContext {
  readonly scope: OrganizationScope;
  readonly admin: Actor;
  readonly plan: Plan;
  readonly now: Date;
}

/** A KPI's owner, its first reporter, and its later reporters. */
interface Reporters {
  readonly owner: KpiOwner;
  readonly since: number;
  readonly first: User;
  readonly later: readonly User[];
}

const joined = ({ createdAt }: User) => Date.parse(createdAt);

function reportersOf(admin: Actor, team: Team | undefined, users: readonly User[]): Reporters {
  const first = users.find(({ userId }) => userId === (team?.leaderId ?? admin.by));
  if (first === undefined) throw new Error('nobody of the organization is there to report');
  if (team === undefined)
    return { owner: { kind: 'user', userId: first.userId }, since: joined(first), first, later: [] };
  // Sorted by joining date, because ids differ with every run of the seed.
  const members = users
    .filter((user) => Object.hasOwn(user.teams, team.id) && user !== first)
    .sort((a, b) => joined(a) - joined(b));
  const since = Math.max(Date.parse(team.createdAt), joined(first));
  return { owner: { kind: 'team', teamId: team.id }, since, first, later: members.slice(0, 2) };
}

/** When the later ones are assigned: the day after the last of them joined. */
const assignedAt = (kpi: Kpi, { later }: Reporters) =>
  new Date(Math.max(Date.parse(kpi.createdAt), ...later.map(joined)) + dayMs);

async function assignLater({ scope, admin, now }: KpiContext, kpi: Kpi, reporters: Reporters): Promise<void> {
  const at = assignedAt(kpi, reporters);
  if (reporters.later.length === 0 || at > now) return;
  const assigneeIds = [reporters.first, ...reporters.later].map(({ userId }) => userId);
  const change = { before: kpi, after: withChange(kpi, { assigneeIds }), revision: kpi.revision };
  await updateKpi({ scope, actor: admin, now: at }, change);
}

/** Check-ins every week since the KPI was created, by the user assigned at the time. */
async function report(
  { scope, now }: KpiContext,
  kpi: Kpi,
  plan: KpiPlan,
  reporters: Reporters,
): Promise<void> {
  const began = Date.parse(kpi.createdAt);
  const length = Date.parse(kpi.period.end) + dayMs - began;
  const { notes = {} } = plan.story;
  const last = now.getTime() - (plan.course === 'silent' ? silentDays * dayMs : 0);
  for (let week = 1; began + week * 7 * dayMs <= last; week += 1) {
    const at = new Date(began + week * 7 * dayMs);
    const [successor] = at > assignedAt(kpi, reporters) ? reporters.later : [];
    const reporter = successor ?? reporters.first;
    const note = notes[week];
    const value = reportedValue(plan, (at.getTime() - began) / length, week);
    const input = { value, ...(note === undefined ? {} : { note }) };
    await createCheckIn({ scope, actor: seedActor(reporter.userId, reporter), now: at }, { kpi, input });
  }
}

async function setKpi(
  context: KpiContext,
  plan: KpiPlan,
  reporters: Reporters,
  index: number,
): Promise<void> {
  const { scope, admin, now } = context;
  const today = Date.parse(now.toISOString().slice(0, 10));
  const earliest = today - longestDays * dayMs + 9 * 3_600_000;
  // Spread over the days of the week, with the last report some days ago.
  const made = new Date(Math.min(Math.max(reporters.since + dayMs, earliest) + index * dayMs, now.getTime()));
  const days = Math.max((now.getTime() - made.getTime()) / dayMs, 7);
  const end = new Date(made.getTime() + (days / elapsedNow) * dayMs);
  const dateOf = (date: Date) => date.toISOString().slice(0, 10);
  const { course: _, team: __, story, ...goal } = plan;
  const input = {
    ...goal,
    description: story.description,
    period: { start: dateOf(made), end: dateOf(end) },
    owner: reporters.owner,
    assigneeIds: reporters.owner.kind === 'team' ? [reporters.first.userId] : [],
  };
  const kpi = await createKpi({ scope, actor: admin, now: made }, { input, plan: context.plan });
  if (plan.course !== 'untouched') await report(context, kpi, plan, reporters);
  await assignLater(context, kpi, reporters);
  const people = [reporters.first, ...reporters.later];
  const since = assignedAt(kpi, reporters);
  await startInitiatives(kpi, { ...{ scope, admin, now, people, since }, initiatives: story.initiatives });
}

/** Creates an organization's KPIs and reports on them by the product's use cases, dated in the past. */
export async function setKpis(
  scope: OrganizationScope,
  admin: Actor,
  { name, plan, teams }: { readonly name: string; readonly plan: Plan; readonly teams: readonly Team[] },
  now: Date,
): Promise<void> {
  const users = await usersAfter(scope, undefined, 1000);
  const context = { scope, admin, plan, now };
  await Promise.all(
    (kpiPlans[name] ?? []).map((of, index) => {
      const team = teams.find((one) => one.name === of.team);
      return setKpi(context, of, reportersOf(admin, team, users), index);
    }),
  );
}
