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

/** A member who comes back with their team. */
export interface ReturningMember {
  readonly user: User;
  readonly role: TeamRole;
  readonly joinedAt: string | undefined;
}

interface Restoration {
  /** The team as it was deleted. */
  readonly team: TeamSummary;
  readonly members: readonly ReturningMember[];
  readonly plan: Plan;
}

/**
 * Brings a deleted team back under its id, with these members. Throws `already_exists` when its name is taken
 * by now, `entitlement_exceeded` when the plan allows no more teams, and for a member as `setTeamMember`
 * does.
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
    // Another revision than that of the deletion, which is known by it.
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

/** Whether another team has a name. */
export async function isNameTaken(scope: OrganizationScope, name: string, by: TeamId): Promise<boolean> {
  const claim = await find(scope, TeamNameItem, { name: teamNameKey(name) });
  return claim !== null && claim.teamId !== by;
}

/** Whether KPIs are a team's, so that it can't be deleted. */
export async function ownsKpis(scope: OrganizationScope, teamId: TeamId): Promise<boolean> {
  return ((await find(scope, TeamCountersItem, { teamId }))?.kpis ?? 0) > 0;
}
