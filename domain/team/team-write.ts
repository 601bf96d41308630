import type { TeamRole } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { stale } from '../errors.ts';
import type { TeamId, UserId } from '../ids.ts';
import { alongWith, created, updated } from '../table/change-stamp.ts';
import { deletionRecordWrite } from '../table/deletion-record.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, update, type Write } from '../table/write.ts';
import { TeamItem, TeamMemberItem } from './team.noun.ts';
import type { StoredMember } from './team.service.ts';

/** How a team changes along with its members. */
interface Turnout {
  readonly teamId: TeamId;
  /** The state it is meant for. */
  readonly revision: number;
  readonly action: string;
  readonly memberCount: number;
  readonly leaderId: UserId | undefined;
}

/** The write that keeps a team's leader and number of members along with the memberships. Refused with `stale`. */
export function turnoutWrite(
  scope: OrganizationScope,
  actor: Actor,
  { teamId, revision, action, memberCount, leaderId }: Turnout,
  now: Date,
): Write {
  const patch = entityOf(TeamItem)
    .patch({ organizationId: scope.organizationId, teamId })
    .set({
      memberCount,
      ...alongWith(actor, action, now),
    });
  const changed = (leaderId === undefined ? patch.remove(['leaderId']) : patch.set({ leaderId }))
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, revision));
  return update(scope, changed, stale);
}

/** Who is added to a team, and as what. */
export type Joining = Pick<StoredMember, 'userId' | 'email' | 'name' | 'role' | 'joinedAt'>;

/**
 * A new membership. Its revision begins with the time instead of 1: who leaves and comes back must not have the same
 * revision twice, because a removal is known by it.
 */
export const newMember = (
  scope: OrganizationScope,
  actor: Actor,
  teamId: TeamId,
  member: Joining,
  now: Date,
): StoredMember => ({
  organizationId: scope.organizationId,
  teamId,
  ...member,
  ...created(actor, 'team.member-added', now),
  revision: now.getTime(),
});

/** The write that adds a membership. */
export const addMemberWrite = (scope: OrganizationScope, member: StoredMember): Write =>
  put(scope, entityOf(TeamMemberItem).create(member));

/** The write that gives a member another role in the team. */
export const memberRoleWrite = (
  scope: OrganizationScope,
  actor: Actor,
  { teamId, userId, revision }: StoredMember,
  role: TeamRole,
  now: Date,
): Write =>
  update(
    scope,
    entityOf(TeamMemberItem)
      .patch({ organizationId: scope.organizationId, teamId, userId })
      .set({ role, ...updated(actor, 'team.member-role-changed', now) })
      .add({ revision: 1 })
      .where((item, { eq }) => eq(item.revision, revision)),
    stale,
  );

/** The writes that take a membership away, and say who did. */
export function removeMemberWrites(
  scope: OrganizationScope,
  actor: Actor,
  member: StoredMember,
  now: Date,
): Write[] {
  const { teamId, userId, revision } = member;
  const gone = entityOf(TeamMemberItem)
    .remove({ organizationId: scope.organizationId, teamId, userId })
    .where((item, { eq }) => eq(item.revision, revision));
  const sortKey = `${teamId}#member#${userId}`;
  const deletion = { entity: 'teamMember', sortKey, revision, item: member };
  return [
    remove(scope, gone, stale),
    deletionRecordWrite(scope, actor, 'team.member-removed', deletion, now),
  ];
}

/** The writes that let a member's name and address in their teams follow the user's. */
export const followMemberWrites = (
  scope: OrganizationScope,
  actor: Actor,
  { userId, teamIds, ...facts }: Pick<Joining, 'userId' | 'email' | 'name'> & { readonly teamIds: TeamId[] },
  now: Date,
): Write[] =>
  teamIds.map((teamId) =>
    update(
      scope,
      entityOf(TeamMemberItem)
        .patch({ organizationId: scope.organizationId, teamId, userId })
        .set({ ...facts, ...alongWith(actor, 'user.identity-changed', now) })
        .add({ revision: 1 }),
      stale,
    ),
  );
