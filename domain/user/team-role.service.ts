import type { TeamRole } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { TeamId, UserId } from '../ids.ts';
import { alongWith } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { update, type Write } from '../table/write.ts';
import { UserItem } from './user.noun.ts';

/** A person is in this many teams at most. */
export const teamsOfAUserLimit = 50;

/**
 * The write that keeps what somebody is in a team on the user, where the access rules read it. Their revision counts it, the
 * audit trail doesn't: it tells of the membership. The conditions repeat what the caller has checked, for two at once:
 * the organization role that leading wants of an active member, and the limit of teams.
 */
export function teamRoleWrite(
  scope: OrganizationScope,
  actor: Actor,
  {
    userId,
    teamId,
    role,
    action,
  }: {
    readonly userId: UserId;
    readonly teamId: TeamId;
    readonly role: TeamRole;
    readonly action: string;
  },
  now: Date,
): Write {
  const changed = entityOf(UserItem)
    .patch({ organizationId: scope.organizationId, userId })
    .set(alongWith(actor, action, now))
    .data(({ teams }, { set }) => set(teams[teamId], role))
    .add({ revision: 1 })
    .where(({ teams, role: held, status }, { exists, size, escape: value, eq }) => {
      const room = `(${exists(teams[teamId])} OR ${size(teams)} < ${value(teamsOfAUserLimit)})`;
      return role === 'member'
        ? room
        : `${room} AND ${eq(status, 'active')} AND (${eq(held, 'team_leader')} OR ${eq(held, 'org_admin')})`;
    });
  return update(scope, changed, changedMeanwhile);
}

/** The write that takes teams from the teams of a user. */
export function noTeamRoleWrite(
  scope: OrganizationScope,
  actor: Actor,
  {
    userId,
    teamIds,
    action,
  }: { readonly userId: UserId; readonly teamIds: readonly TeamId[]; readonly action: string },
  now: Date,
): Write {
  const changed = entityOf(UserItem)
    .patch({ organizationId: scope.organizationId, userId })
    .set(alongWith(actor, action, now))
    .data(({ teams }, { remove }) => {
      for (const teamId of teamIds) remove(teams[teamId]);
    })
    .add({ revision: 1 });
  return update(scope, changed, changedMeanwhile);
}

const changedMeanwhile = () =>
  new AppError(
    'conflict',
    'This person was changed or removed at the same moment. Read again, then try again.',
  );
