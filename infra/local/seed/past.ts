import { initiativesOfKpi, type StoredInitiative } from '../../../domain/initiative/list-initiatives.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationsAfter } from '../../../domain/invitation/list-invitations.ts';
import type { CheckIn } from '../../../domain/kpi/check-in.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { noKpis, statusOf } from '../../../domain/kpi/kpi-status.schema.ts';
import { checkInsAfter } from '../../../domain/kpi/list-check-ins.ts';
import { allKpis } from '../../../domain/kpi/list-kpis.ts';
import type { OrganizationInDirectory } from '../../../domain/organization/organization.schema.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { requireTeam, showTeam } from '../../../domain/team/find-team.ts';
import { teamsAfter } from '../../../domain/team/list-teams.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import type { UsageFacts } from '../../../domain/usage/figures.ts';
import { isQuiet, isRunning } from '../../../domain/usage/figures.ts';
import { daysBefore } from '../../../domain/usage/usage-day.ts';
import { usersAfter } from '../../../domain/user/list-users.ts';
import type { User } from '../../../domain/user/profile.schema.ts';

const plenty = 1000;

/** The data that an organization's usage is computed from, read once for all days. */
interface Past {
  readonly organization: OrganizationInDirectory;
  readonly members: readonly User[];
  readonly invitations: readonly Invitation[];
  readonly teams: readonly Team[];
  readonly kpis: readonly {
    readonly kpi: Kpi;
    readonly checkIns: readonly CheckIn[];
    readonly initiatives: readonly StoredInitiative[];
  }[];
}

/** Reads what the seed has created in an organization. */
export async function pastOf(
  scope: OrganizationScope,
  organization: OrganizationInDirectory,
  now: Date,
): Promise<Past> {
  const [members, invitations, summaries] = await Promise.all([
    usersAfter(scope, undefined, plenty),
    invitationsAfter(scope, undefined, plenty, now),
    teamsAfter(scope, { position: undefined, limit: 100 }),
  ]);
  const teams = await Promise.all(summaries.map(async ({ id }) => showTeam(await requireTeam(scope, id))));
  const kpis = [];
  for await (const kpi of allKpis(scope, now)) {
    const checkIns = await checkInsAfter(scope, { kpiId: kpi.id, position: undefined, limit: plenty });
    const initiatives = await initiativesOfKpi(scope, kpi, { position: undefined, limit: plenty });
    kpis.push({ kpi, checkIns, initiatives });
  }
  return { organization, members, invitations, teams, kpis };
}

/** An action: when, by whom, and its number of audit entries. */
interface Act {
  readonly at: string;
  readonly by: string;
  readonly entries: number;
  readonly isCheckIn?: true;
}

/** All actions of the seed in an organization. */
function actsOf({ organization, members, invitations, teams, kpis }: Past): Act[] {
  const { status, createdAt, updatedAt, reminders, updatedBy } = organization;
  const platform = { by: 'platform', entries: 1 };
  const admin = members.find(({ role }) => role === 'org_admin')?.userId ?? platform.by;
  return [
    { ...platform, at: createdAt },
    ...(status === 'inactive' ? [{ ...platform, at: updatedAt }] : []),
    ...(reminders === undefined ? [] : [{ at: updatedAt, by: updatedBy?.id ?? admin, entries: 1 }]),
    // It is recorded and sent.
    ...invitations.map(({ createdAt: at, invitedBy }) => ({ at, by: invitedBy, entries: 2 })),
    // The invitation is accepted, and the user joins.
    ...members.map(({ createdAt: at, userId }) => ({ at, by: userId, entries: 2 })),
    ...teams.flatMap(({ createdAt: at, createdBy: by = admin, members: joined }) => [
      { at, by, entries: 1 },
      ...joined.map(({ joinedAt = at }) => ({ at: joinedAt, by, entries: 1 })),
    ]),
    ...kpis.flatMap(({ kpi, checkIns, initiatives }) => [
      { at: kpi.createdAt, by: kpi.createdBy, entries: 1 },
      { at: kpi.updatedAt, by: kpi.createdBy, entries: kpi.revision - 1 },
      ...checkIns.map(({ createdAt: at, by }) => ({ at, by, entries: 1, isCheckIn: true as const })),
      ...initiatives.flatMap(({ createdAt, createdBy, updatedAt, ownerId, revision }) => [
        { at: createdAt, by: createdBy, entries: 1 },
        { at: updatedAt, by: ownerId, entries: revision - 1 },
      ]),
    ]),
  ];
}

/** The latest check-in at a moment. Check-ins are sorted newest first. */
const latestOn = (checkIns: readonly CheckIn[], end: string) => checkIns.find(({ at }) => at <= end) ?? null;

/** Number of KPIs by their status at the end of a day. */
function statuses({ kpis }: Past, date: string): UsageFacts['kpis'] {
  const end = new Date(`${date}T23:59:59.999Z`);
  const count = { ...noKpis };
  for (const { kpi, checkIns } of kpis) {
    if (kpi.createdAt > end.toISOString()) continue;
    count[statusOf(kpi, latestOn(checkIns, end.toISOString()), end)] += 1;
  }
  return count;
}

/** Number of running KPIs without a recent check-in at a moment. */
const quiet = ({ kpis }: Past, end: string): number =>
  kpis.filter(
    ({ kpi, checkIns }) =>
      kpi.createdAt <= end && isQuiet({ ...kpi, latest: latestOn(checkIns, end) }, new Date(end)),
  ).length;

/** The usage facts of one past day. */
export function factsOn(past: Past, date: string, activity: UsageFacts['activity']): UsageFacts {
  const { members, invitations, teams, kpis } = past;
  const end = `${date}T23:59:59.999Z`;
  const done = actsOf(past).filter(({ at }) => at.slice(0, 10) === date);
  return {
    members,
    invitations,
    activity,
    teams: teams.filter(({ createdAt }) => createdAt <= end).length,
    kpis: statuses(past, date),
    quietKpis: quiet(past, end),
    runningKpis: kpis.filter(({ kpi }) => kpi.createdAt <= end && isRunning(kpi, new Date(end))).length,
    lastCheckInOn: kpis
      .flatMap(({ checkIns }) => latestOn(checkIns, end)?.at.slice(0, 10) ?? [])
      .sort()
      .at(-1),
    checkedIn: kpis.some(({ checkIns }) => checkIns.some(({ createdAt }) => createdAt <= end)),
    checkIns: done.filter(({ isCheckIn }) => isCheckIn).length,
    changes: done.reduce((sum, { entries }) => sum + entries, 0),
  };
}

/** A number from 0 to 1, deterministic for the string (FNV-1a). */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash / 0xffffffff;
}

/** The last day on which an organization's people had access. */
function lastDay(
  { status, updatedAt, subscription: { endDate } }: OrganizationInDirectory,
  today: string,
): string {
  const suspended = status === 'inactive' ? daysBefore(updatedAt.slice(0, 10), 1) : today;
  return [suspended, endDate ?? today, today].sort()[0] ?? today;
}

/**
 * The days on which each member used the product: those of their actions, and others, pseudorandom but
 * deterministic: most working days, few others, more over time.
 */
export function daysOfUse(past: Past, days: readonly string[]): Map<string, string[]> {
  const { organization, members } = past;
  const today = days.at(-1) ?? '';
  const last = lastDay(organization, today);
  const acted = new Set(actsOf(past).map(({ by, at }) => `${by} ${at.slice(0, 10)}`));
  return new Map(
    members.map(({ userId, email, createdAt }) => [
      userId,
      days.filter((date, index) => {
        if (acted.has(`${userId} ${date}`)) return true;
        if (date < createdAt.slice(0, 10) || date > last) return false;
        const weekend = [0, 6].includes(new Date(date).getUTCDay());
        return chance(`${email} ${date}`) < (weekend ? 0.04 : 0.4 + (0.3 * index) / days.length);
      }),
    ]),
  );
}
