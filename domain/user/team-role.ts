import type { TeamRole } from '../access/roles.schema.ts';
import type { Context } from '../context.ts';
import type { TeamId, UserId } from '../ids.ts';
import type { Write } from '../table/write.ts';
import { change } from '../table/writes.ts';
import { UserItem } from './user.noun.ts';
import { userRefusals } from './user.refusals.ts';

/** A person is in this many teams at most. */
export const teamsOfAUserLimit = 50;

/**
 * The write that keeps what somebody is in a team on the user, where the access rules read it. Their revision
 * counts it, the audit trail doesn't: it tells of the team's member. The conditions repeat what the caller
 * has checked, for two at once: the organization role that leading wants of an active user, and the limit of
 * teams.
 */
export const setTeamRole = (
  ctx: Context,
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
): Write =>
  change(
    ctx,
    UserItem,
    { userId },
    {
      secondaryTo: action,
      data: ({ teams }, { set }) => set(teams[teamId], role),
      where: ({ teams, role: held, status }, { exists, size, escape: value, eq }) => {
        const room = `(${exists(teams[teamId])} OR ${size(teams)} < ${value(teamsOfAUserLimit)})`;
        return role === 'member'
          ? room
          : `${room} AND ${eq(status, 'active')} AND (${eq(held, 'team_leader')} OR ${eq(held, 'org_admin')})`;
      },
      refusal: userRefusals.user_changed_meanwhile,
    },
  );

/** The write that takes teams from the teams of a user; with `revision` refused with `stale` at another one. */
export const unsetTeamRoles = (
  ctx: Context,
  {
    userId,
    teamIds,
    action,
    revision,
  }: {
    readonly userId: UserId;
    readonly teamIds: readonly TeamId[];
    readonly action: string;
    readonly revision?: number;
  },
): Write =>
  change(
    ctx,
    UserItem,
    { userId },
    {
      secondaryTo: action,
      data: ({ teams }, { remove }) => {
        for (const teamId of teamIds) remove(teams[teamId]);
      },
      ...(revision === undefined ? { refusal: userRefusals.user_changed_meanwhile } : { at: revision }),
    },
  );
