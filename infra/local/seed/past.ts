import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationsAfter } from '../../../domain/invitation/invitation.service.ts';
import type { CheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { checkInsAfter } from '../../../domain/kpi/check-in.service.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { allKpis } from '../../../domain/kpi/kpi-list.service.ts';
import { noKpis, statusOf } from '../../../domain/kpi/kpi-status.schema.ts';
import type { OrganizationInDirectory } from '../../../domain/organization/organization.schema.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import type { TeamSummary } from '../../../domain/team/team.schema.ts';
import { teamsAfter } from '../../../domain/team/team.service.ts';
import type { UsageFacts } from '../../../domain/usage/figures.ts';
import { isQuiet } from '../../../domain/usage/health.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { usersAfter } from '../../../domain/user/user.service.ts';

const plenty = 1000;

/** Everything of an organization of the seed that usage is computed from, read once for all its days. */
export interface Past {
  readonly organization: OrganizationInDirectory;
  readonly members: readonly User[];
  readonly invitations: readonly Invitation[];
  readonly teams: readonly TeamSummary[];
  readonly kpis: readonly { readonly kpi: Kpi; readonly checkIns: readonly CheckIn[] }[];
}

/** Reads what the seed has made of an organization. */
export async function pastOf(
  scope: OrganizationScope,
  organization: OrganizationInDirectory,
  now: Date,
): Promise<Past> {
  const [members, invitations, teams] = await Promise.all([
    usersAfter(scope, undefined, plenty),
    invitationsAfter(scope, undefined, plenty, now),
    teamsAfter(scope, undefined, 100),
  ]);
  const kpis = [];
  for await (const kpi of allKpis(scope, now)) {
    const checkIns = await checkInsAfter(scope, { kpiId: kpi.id, position: undefined, limit: plenty });
    kpis.push({ kpi, checkIns });
  }
  return { organization, members, invitations, teams, kpis };
}

const on =
  (date: string) =>
  ({ createdAt }: { readonly createdAt: string }): boolean =>
    createdAt.slice(0, 10) === date;

/** The check-in that counted at a moment; they come newest first. */
const latestOn = (checkIns: readonly CheckIn[], end: string) => checkIns.find(({ at }) => at <= end) ?? null;

/** KPIs by the status they had at the end of a day, from the check-ins there were. */
function statuses({ kpis }: Past, date: string): UsageFacts['kpis'] {
  const end = new Date(`${date}T23:59:59.999Z`);
  const count = { ...noKpis };
  for (const { kpi, checkIns } of kpis) {
    if (kpi.createdAt > end.toISOString()) continue;
    count[statusOf(kpi, latestOn(checkIns, end.toISOString()), end)] += 1;
  }
  return count;
}

/** Running KPIs that had had no check-in for long at a moment. */
const quiet = ({ kpis }: Past, end: string): number =>
  kpis.filter(
    ({ kpi, checkIns }) =>
      kpi.createdAt <= end && isQuiet({ ...kpi, latest: latestOn(checkIns, end) }, new Date(end)),
  ).length;

/**
 * The facts of one day of the past. `changes` counts what the use cases wrote for what there is: an invitation is recorded and
 * sent, who accepts it joins.
 */
export function factsOn(past: Past, date: string, activity: UsageFacts['activity']): UsageFacts {
  const { members, invitations, teams, kpis } = past;
  const end = `${date}T23:59:59.999Z`;
  const count = (items: readonly { readonly createdAt: string }[]) => items.filter(on(date)).length;
  const reported = kpis.flatMap(({ checkIns }) => checkIns);
  const checkIns = count(reported);
  return {
    members,
    invitations,
    activity,
    teams: teams.filter(({ createdAt }) => createdAt <= end).length,
    kpis: statuses(past, date),
    quietKpis: quiet(past, end),
    checkedIn: reported.some(({ createdAt }) => createdAt <= end),
    checkIns,
    changes:
      checkIns +
      count(teams) +
      count(kpis.map(({ kpi }) => kpi)) +
      2 * count(invitations) +
      2 * count(members),
  };
}
