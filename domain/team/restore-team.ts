import type { TeamRole } from '../access/roles.schema.ts';
import { type Context, naming } from '../context.ts';
import type { TeamId } from '../ids.ts';
import { countWithinPlan } from '../organization/counts.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import type { User } from '../user/profile.schema.ts';
import { setTeamRole } from '../user/team-role.ts';
import { TeamCountersItem, TeamItem, TeamNameItem } from './team.noun.ts';
import { type TeamSummary, teamNameKey } from './team.schema.ts';
import { addMember, beginCounts, claimName, newMember } from './team-writes.ts';

/** A member restored with their team. */
export interface ReturningMember {
  readonly user: User;
  readonly role: TeamRole;
  readonly joinedAt: string | undefined;
}

interface Restoration {
  /** The team at the time of deletion. */
  readonly team: TeamSummary;
  readonly members: readonly ReturningMember[];
  readonly plan: Plan;
}

/**
 * Restores a deleted team under its id, with these members. Throws `already_exists` if its name is taken by
 * now, `entitlement_exceeded` if the plan allows no more teams, and for a member like `setTeamMember`.
 */
export async function restoreTeam(given: Context, { team, members, plan }: Restoration): Promise<void> {
  const ctx = naming(given, [team.id, team.name]);
  const { scope } = ctx;
  const { id: teamId, name, description, createdBy, createdAt, revision } = team;
  const leaderId = members.find(({ role }) => role === 'leader')?.user.userId;
  const item = fresh(
    ctx,
    TeamItem,
    { teamId, name, description, leaderId, createdBy, memberCount: members.length },
    'team.restored',
    // A revision after the deletion's, which identifies the deletion.
    { createdAt, revision: revision + 1 },
  );
  await transact(scope, [
    claimName(scope, teamId, name),
    countWithinPlan(scope, { teams: 1 }, { of: 'teams', plan }),
    create(scope, TeamItem, item),
    beginCounts(scope, teamId),
    ...members.flatMap(({ user: { userId, email, name: called }, role, joinedAt }) => [
      addMember(ctx, newMember(ctx, { teamId, userId, email, name: called, role, joinedAt })),
      setTeamRole(ctx, { userId, teamId, role, action: 'team.member-added' }),
    ]),
  ]);
}

/** Whether another team has this name. */
export async function isNameTaken(scope: OrganizationScope, name: string, by: TeamId): Promise<boolean> {
  const claim = await find(scope, TeamNameItem, { name: teamNameKey(name) });
  return claim !== null && claim.teamId !== by;
}

/** Whether a team owns KPIs, so that it can't be deleted. */
export async function ownsKpis(scope: OrganizationScope, teamId: TeamId): Promise<boolean> {
  return ((await find(scope, TeamCountersItem, { teamId }))?.kpis ?? 0) > 0;
}
