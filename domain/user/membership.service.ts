import { isAbove, isAdmin, type Role } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { kpisNeedingOwner } from '../kpi/kpi-list.service.ts';
import { countWrite, fewerAdminsWrite } from '../organization/counters.service.ts';
import { updated } from '../table/change-stamp.ts';
import { deletionRecordWrite } from '../table/deletion-record.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { remove, transact, update, type Write } from '../table/write.ts';
import { giveUpLeading, leaveTeams, membershipsOf, teamIdsLed } from '../team/leave-teams.ts';
import { teamsOfIds } from '../team/list-teams.ts';
import type { TeamSummary } from '../team/team.schema.ts';
import { freeEmailWrite } from './admission.service.ts';
import { forgetLaterWrite } from './forgetting.service.ts';
import type { User } from './profile.schema.ts';
import { UserItem } from './user.noun.ts';
import type { UserChange, UserRemoval } from './user.schema.ts';
import { findUser } from './user.service.ts';

/** A member of the scope's organization. Throws `not_found`. */
export async function requireUser(scope: OrganizationScope, userId: UserId): Promise<User> {
  const user = await findUser(scope, userId);
  if (user === null) throw new AppError('not_found', 'There is no such user.');
  return user;
}

/** Whether somebody is one of the admins that an organization must have at least one of. */
export const administers = ({ role, status }: Pick<User, 'role' | 'status'>) =>
  isAdmin(role) && status === 'active';

/**
 * Gives a member another role, or deactivates or reactivates them. Throws `stale` when `revision` isn't the member's any more,
 * `forbidden` above the actor's own role, and `last_admin` when nobody would be an active admin: a condition of the write, so
 * also when two admins try at once. A deactivated member keeps seat and teams; who becomes a team member leads none any more, and
 * the teams they led have no leader.
 */
export async function changeUser(
  scope: OrganizationScope,
  actor: Actor,
  { userId, revision, ...change }: UserChange & { readonly userId: UserId; readonly revision: number },
  now: Date,
): Promise<User> {
  const demotion = change.role === 'team_member';
  const [user, memberships] = await Promise.all([
    requireUser(scope, userId),
    demotion ? membershipsOf(scope, userId) : [],
  ]);
  if (user.revision !== revision) throw stale();
  const { role = user.role, status = user.status } = change;
  refuseAbove(actor, user.role);
  refuseAbove(actor, role);
  if (user.role === role && user.status === status) return user;
  const { teams, writes } = demotion
    ? await giveUpLeading({ scope, actor, now }, user, memberships)
    : { teams: user.teams, writes: [] };
  const next = { role, status, teams, ...updated(actor, actionOf(user, { role, status }), now) };
  const changed = entityOf(UserItem)
    .patch({ organizationId: scope.organizationId, userId })
    .set(next)
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, revision));
  const admins = adminWrites(scope, user, { role, status });
  await transact(scope, [update(scope, changed, stale), ...admins, ...writes]);
  return { ...user, role, status, teams, revision: revision + 1, updatedAt: next.updatedAt };
}

function actionOf(before: User, { role, status }: Pick<User, 'role' | 'status'>): string {
  if (before.role !== role) return 'user.role-changed';
  return status === 'active' ? 'user.reactivated' : 'user.deactivated';
}

function adminWrites(scope: OrganizationScope, from: User, to: Pick<User, 'role' | 'status'>): Write[] {
  if (administers(from) === administers(to)) return [];
  return [administers(to) ? countWrite(scope, { admins: 1 }) : fewerAdminsWrite(scope, {})];
}

/**
 * Removes a member: refused from the next request on, out of their teams, and the address can be invited again. Answers what
 * nobody answers for any more. Throws as `changeUser` does.
 */
export async function removeUser(
  scope: OrganizationScope,
  actor: Actor,
  removal: { readonly userId: UserId; readonly revision: number },
  now: Date,
): Promise<UserRemoval> {
  const [teams, kpis] = await Promise.all([
    removeMember(scope, actor, removal, now),
    kpisNeedingOwner(scope, removal.userId, now),
  ]);
  return { needNewOwner: { teams: teams.map(named), kpis: kpis.map(named) } };
}

const named = <Id>({ id, name }: { readonly id: Id; readonly name: string }) => ({ id, name });

/** Removes a member as `removeUser` does; answers the teams they led. */
async function removeMember(
  scope: OrganizationScope,
  actor: Actor,
  { userId, revision }: { readonly userId: UserId; readonly revision: number },
  now: Date,
): Promise<TeamSummary[]> {
  const [user, memberships] = await Promise.all([requireUser(scope, userId), membershipsOf(scope, userId)]);
  if (user.revision !== revision) throw stale();
  refuseAbove(actor, user.role);
  const count = administers(user) ? fewerAdminsWrite(scope, { users: -1 }) : countWrite(scope, { users: -1 });
  const writes = await removalWrites(scope, actor, { user, memberships, action: 'user.removed' }, now);
  const [teams] = await Promise.all([
    teamsOfIds(scope, teamIdsLed(user)),
    transact(scope, [...writes, count, forgetLaterWrite(scope, userId, now)]),
  ]);
  return teams;
}

/**
 * The writes that remove a member, take them out of their teams and free their address; what the organization counts is left to
 * the caller. Somebody in very many teams leaves some of them now, see `leaveTeams`.
 */
export async function removalWrites(
  scope: OrganizationScope,
  actor: Actor,
  {
    user,
    memberships,
    action,
  }: {
    readonly user: User;
    readonly memberships: Awaited<ReturnType<typeof membershipsOf>>;
    readonly action: string;
  },
  now: Date,
): Promise<Write[]> {
  const { organizationId } = scope;
  const { userId, email } = user;
  const { writes, revision } = await leaveTeams({ scope, actor, now }, user, memberships);
  const gone = entityOf(UserItem)
    .remove({ organizationId, userId })
    .where((item, { eq }) => eq(item.revision, revision));
  const deletion = { entity: 'user', sortKey: userId, revision, item: user };
  return [
    remove(scope, gone, stale),
    ...writes,
    freeEmailWrite(scope, email, userId),
    deletionRecordWrite(scope, actor, action, deletion, now),
  ];
}

function refuseAbove(actor: Actor, role: Role): void {
  if (actor.role === 'system' || isAbove(role, actor.role))
    throw new AppError('forbidden', `Your role may not grant, change or remove the role ${role}.`);
}
