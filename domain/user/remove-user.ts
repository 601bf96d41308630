import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { kpisNeedingOwner } from '../kpi/list-kpis.ts';
import { changeCounts, checkMoreAdminsThan, countAdminLess } from '../organization/counts.ts';
import { transact } from '../table/transaction.ts';
import { membershipsOf } from '../team/find-team.ts';
import { teamIdsAsLeader } from '../team/leadership.ts';
import { teamsOfIds } from '../team/list-teams.ts';
import type { TeamSummary } from '../team/team.schema.ts';
import { requireUser } from './find-user.ts';
import { queueUnlink } from './unlink-outbox.ts';
import type { UserRemoval } from './user.schema.ts';
import { administers, leaveOrganization, refuseAbove } from './user-writes.ts';

interface Removal {
  readonly userId: UserId;
  readonly revision: number;
}

/**
 * Removes a user: they are refused from the next request on, leave their teams, and their address can be
 * invited again. Returns the teams and KPIs that need a new owner. Throws like `updateUser`.
 */
export async function removeUser(ctx: Context, removal: Removal): Promise<UserRemoval> {
  const [teams, kpis] = await Promise.all([
    remove(ctx, removal),
    kpisNeedingOwner(ctx.scope, removal.userId, ctx.now),
  ]);
  return { needNewOwner: { teams: teams.map(named), kpis: kpis.map(named) } };
}

const named = <Id>({ id, name }: { readonly id: Id; readonly name: string }) => ({ id, name });

/** Removes the user and returns the teams that they led. */
async function remove(ctx: Context, { userId, revision }: Removal): Promise<TeamSummary[]> {
  const { scope, actor } = ctx;
  const [user, memberships] = await Promise.all([requireUser(scope, userId), membershipsOf(scope, userId)]);
  if (user.revision !== revision) throw stale();
  refuseAbove(actor, user.role);
  const [count, conditions] = administers(user)
    ? [countAdminLess(scope, { users: -1 }), [checkMoreAdminsThan(scope, 1)]]
    : [changeCounts(scope, { users: -1 }), []];
  const writes = await leaveOrganization(ctx, user, { memberships, conditions, action: 'user.removed' });
  const [teams] = await Promise.all([
    teamsOfIds(scope, teamIdsAsLeader(user)),
    transact(scope, [...writes, count, queueUnlink(ctx, userId)]),
  ]);
  return teams;
}
