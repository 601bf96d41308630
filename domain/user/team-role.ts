import type { TeamRole } from '../access/roles.schema.ts';
import type { Context } from '../context.ts';
import type { TeamId, UserId } from '../ids.ts';
import type { Write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { UserItem } from './user.noun.ts';
import { userRefusals } from './user.refusals.ts';

/** The maximum number of teams per user. */
export const teamsOfAUserLimit = 50;

/**
 * The write that stores a user's team role on the user, where the access rules read it. It increments the
 * user's revision but leaves no audit entry; the team member's item does. Its conditions repeat what the
 * caller has checked, against concurrent writes: that a lead is active and has a role that may lead, and
 * the limit of teams.
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

/**
 * The write that gives a team member the role team lead and a team to lead. Unlike `setTeamRole` it has an
 * audit entry of its own, because it changes what the user may do in the organization.
 */
export const promoteToLead = (
  ctx: Context,
  { userId, teamId }: { readonly userId: UserId; readonly teamId: TeamId },
): Write =>
  change(
    ctx,
    UserItem,
    { userId },
    {
      action: 'user.role-changed',
      set: { role: 'team_leader' },
      data: ({ teams }, { set }) => set(teams[teamId], 'leader'),
      where: ({ teams, role, status }, { exists, size, escape: value, eq }) => {
        const room = `(${exists(teams[teamId])} OR ${size(teams)} < ${value(teamsOfAUserLimit)})`;
        return `${room} AND ${eq(status, 'active')} AND ${eq(role, 'team_member')}`;
      },
      refusal: userRefusals.user_changed_meanwhile,
    },
  );

/** The write that removes teams from a user. With `revision`, refused as `stale` at any other. */
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
