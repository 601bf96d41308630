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
 * Writes shared by several use cases. As part of a transaction they keep the team, its members, its name
 * and its counts consistent.
 */

type MemberAction = 'team.member-added' | 'team.member-role-changed' | 'team.member-removed';

/** The write that claims a team's name in its organization; refused with `already_exists`. */
export const claimName = (scope: OrganizationScope, teamId: TeamId, name: string): Write =>
  create(scope, TeamNameItem, { name: teamNameKey(name), teamId }, teamRefusals.team_name_taken);

/** The write that releases a team's name. */
export const freeName = (scope: OrganizationScope, name: string): Write =>
  erase(scope, TeamNameItem, { name: teamNameKey(name) });

/** The write that creates a team's counts. */
export const beginCounts = (scope: OrganizationScope, teamId: TeamId): Write =>
  create(scope, TeamCountersItem, { teamId });

/**
 * The write that counts a KPI of a team, in the transaction that creates or deletes it. Refused with
 * `not_found` if there is no such team.
 */
export const countTeamKpi = (scope: OrganizationScope, teamId: TeamId, kpis: 1 | -1): Write =>
  adjust(scope, TeamCountersItem, { teamId }, { add: { kpis }, refusal: teamRefusals.team_not_found });

/** The write that deletes a team's counts; refused with `conflict` while it owns KPIs. */
export const endCounts = (scope: OrganizationScope, teamId: TeamId): Write =>
  erase(
    scope,
    TeamCountersItem,
    { teamId },
    { where: ({ kpis }, { eq }) => eq(kpis, 0), refusal: teamRefusals.team_has_kpis },
  );

/**
 * The write that updates a team's lead and number of members together with its members. Refused with
 * `stale`.
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
    /** The revision it is based on. */
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

/** A new member, with their role. */
export type NewMember = New<typeof TeamMemberItem>;

/**
 * A new member of a team. Their revision starts with the time instead of 1: someone who leaves and returns
 * must not have the same revision twice, because it identifies their removal.
 */
export const newMember = (ctx: Context, member: NewMember): StoredMember =>
  fresh(ctx, TeamMemberItem, member, 'team.member-added', { revision: ctx.now.getTime() });

/** The write that adds a member. */
export const addMember = ({ scope }: Context, member: StoredMember): Write =>
  create(scope, TeamMemberItem, member);

/** The write that changes a member's role in the team. */
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

/** The writes that remove a member from a team, and record who did. */
export const removeMember = (ctx: Context, member: StoredMember): Write[] =>
  remove(ctx, TeamMemberItem, member, 'team.member-removed');

/** The writes that update a member's name and address in their teams after a change of the user. */
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
 * The writes that add a user to a team as part of another transaction, which also updates `teams` on the
 * user: for an invitation with a team, or a restored user. Refused with `conflict` if the team is gone, is
 * full, or has another lead.
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
