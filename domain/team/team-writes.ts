import type { TeamRole } from '../access/roles.schema.ts';
import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import type { TeamId, UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { adjust, change, create, erase, fresh, type New, remove } from '../table/writes.ts';
import type { StoredMember } from './find-team.ts';
import { TeamCountersItem, TeamItem, TeamMemberItem, TeamNameItem } from './team.noun.ts';
import { teamRefusals } from './team.refusals.ts';
import { teamMembersLimit, teamNameKey } from './team.schema.ts';

/**
 * The writes that more than one use case of teams is made of. Each goes into a transaction; together they
 * keep the team, its members, its name and its counts in step.
 */

type MemberAction = 'team.member-added' | 'team.member-role-changed' | 'team.member-removed';

/** The write that takes a team's name in its organization; refused with `already_exists`. */
export const claimName = (scope: OrganizationScope, teamId: TeamId, name: string): Write =>
  create(scope, TeamNameItem, { name: teamNameKey(name), teamId }, teamRefusals.team_name_taken);

/** The write that gives a team's name free. */
export const freeName = (scope: OrganizationScope, name: string): Write =>
  erase(scope, TeamNameItem, { name: teamNameKey(name) });

/** The write that begins a new team's counts. */
export const beginCounts = (scope: OrganizationScope, teamId: TeamId): Write =>
  create(scope, TeamCountersItem, { teamId });

/**
 * The write that counts a KPI of a team more or less, in the transaction that makes it or takes it away.
 * Refused with `not_found` when there is no such team.
 */
export const countTeamKpi = (scope: OrganizationScope, teamId: TeamId, kpis: 1 | -1): Write =>
  adjust(scope, TeamCountersItem, { teamId }, { add: { kpis }, refusal: teamRefusals.team_not_found });

/** The write that ends a team's counts, refused with `conflict` while KPIs are the team's. */
export const endCounts = (scope: OrganizationScope, teamId: TeamId): Write =>
  erase(
    scope,
    TeamCountersItem,
    { teamId },
    { where: ({ kpis }, { eq }) => eq(kpis, 0), refusal: teamRefusals.team_has_kpis },
  );

/**
 * The write that keeps a team's leader and number of members along with its members. Refused with `stale`.
 */
export const changeRoster = (
  ctx: Context,
  {
    teamId,
    revision,
    action,
    memberCount,
    leaderId,
  }: {
    readonly teamId: TeamId;
    /** The state it is meant for. */
    readonly revision: number;
    readonly action: MemberAction;
    readonly memberCount: number;
    readonly leaderId: UserId | undefined;
  },
): Write =>
  change(
    ctx,
    TeamItem,
    { teamId },
    { secondaryTo: action, set: { memberCount, leaderId: leaderId ?? null }, at: revision },
  );

/** Who is added to a team, and as what. */
export type NewMember = New<typeof TeamMemberItem>;

/**
 * A new member of a team. Their revision begins with the time instead of 1: who leaves and comes back must
 * not have the same revision twice, because a removal is known by it.
 */
export const newMember = (ctx: Context, member: NewMember): StoredMember =>
  fresh(ctx, TeamMemberItem, member, 'team.member-added', { revision: ctx.now.getTime() });

/** The write that adds a member. */
export const addMember = ({ scope }: Context, member: StoredMember): Write =>
  create(scope, TeamMemberItem, member);

/** The write that gives a member another role in the team. */
export const changeMemberRole = (
  ctx: Context,
  { teamId, userId, revision }: StoredMember,
  role: TeamRole,
): Write =>
  change(
    ctx,
    TeamMemberItem,
    { teamId, userId },
    { action: 'team.member-role-changed', set: { role }, at: revision },
  );

/** The writes that take a member out of a team, and say who did. */
export const removeMember = (ctx: Context, member: StoredMember): Write[] =>
  remove(ctx, TeamMemberItem, member, 'team.member-removed');

/** The writes that let a member's name and address in their teams follow the user's. */
export const followUser = (
  ctx: Context,
  {
    userId,
    teamIds,
    ...facts
  }: Pick<NewMember, 'userId' | 'email' | 'name'> & { readonly teamIds: TeamId[] },
): Write[] =>
  teamIds.map((teamId) =>
    change(
      ctx,
      TeamMemberItem,
      { teamId, userId },
      { secondaryTo: 'user.identity-changed', set: facts, refusal: stale },
    ),
  );

/**
 * The writes that put somebody into a team as part of another transaction, which also writes the user with
 * the team in their `teams`: for an invitation that names a team, or a user who comes back. Refused with
 * `conflict` when the team is gone, is full, or has a leader and would get another.
 */
export function joinTeam(ctx: Context, person: NewMember): Write[] {
  const leads = person.role === 'leader';
  const joined = change(
    ctx,
    TeamItem,
    { teamId: person.teamId },
    {
      secondaryTo: 'team.member-added',
      set: { leaderId: leads ? person.userId : undefined },
      add: { memberCount: 1 },
      where: ({ memberCount, leaderId }, { lt, notExists }) => {
        const room = lt(memberCount, teamMembersLimit);
        return leads ? `${room} AND ${notExists(leaderId)}` : room;
      },
      refusal: teamRefusals.team_cannot_be_joined,
    },
  );
  return [joined, addMember(ctx, newMember(ctx, { joinedAt: ctx.now.toISOString(), ...person }))];
}
