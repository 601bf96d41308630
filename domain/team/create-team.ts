import { type Context, naming } from '../context.ts';
import { newTeamId, type TeamId } from '../ids.ts';
import { countWithinPlan } from '../organization/counts.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { findUser } from '../user/find-user.ts';
import { setTeamRole } from '../user/team-role.ts';
import { userRefusals } from '../user/user.refusals.ts';
import { type StoredMember, showTeam } from './find-team.ts';
import { refuseLeading } from './leadership.ts';
import { TeamItem } from './team.noun.ts';
import type { NewTeam, Team } from './team.schema.ts';
import { refuseMoreTeams } from './team-members.ts';
import { addMember, beginCounts, claimName, newMember } from './team-writes.ts';

/**
 * Creates a team, with its lead if given. Throws `already_exists` if the name is taken and
 * `entitlement_exceeded` if the plan allows no more teams; for the lead like `setTeamMember`.
 */
export async function createTeam(
  given: Context,
  { name, description, leaderId, plan }: NewTeam & { readonly plan: Plan },
): Promise<Team> {
  const teamId = newTeamId(given.now);
  const ctx = naming(given, [teamId, name]);
  const { scope, actor } = ctx;
  const members = leaderId === undefined ? [] : [await firstLeader(ctx, leaderId, teamId)];
  const item = fresh(
    ctx,
    TeamItem,
    { teamId, name, description, leaderId, createdBy: actor.by, memberCount: members.length },
    'team.created',
  );
  await transact(scope, [
    claimName(scope, teamId, name),
    countWithinPlan(scope, { teams: 1 }, { of: 'teams', plan }),
    create(scope, TeamItem, item),
    beginCounts(scope, teamId),
    ...members.flatMap((leader) => [
      addMember(ctx, leader),
      setTeamRole(ctx, { userId: leader.userId, teamId, role: 'leader', action: 'team.member-added' }),
    ]),
  ]);
  return showTeam({ item, members });
}

/** Throws `not_found`, and `conflict` for a user who may not lead or is in too many teams. */
async function firstLeader(
  ctx: Context,
  leaderId: NonNullable<NewTeam['leaderId']>,
  teamId: TeamId,
): Promise<StoredMember> {
  const user = await findUser(ctx.scope, leaderId);
  if (user === null) throw userRefusals.user_not_found();
  refuseLeading(user);
  refuseMoreTeams(user);
  const { userId, email, name } = user;
  return newMember(ctx, { teamId, userId, email, name, role: 'leader', joinedAt: ctx.now.toISOString() });
}
