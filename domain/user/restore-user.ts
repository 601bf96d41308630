import type { Context } from '../context.ts';
import { nameOrder } from '../folded-text.ts';
import type { TeamId, UserId } from '../ids.ts';
import { countWithinPlan } from '../organization/counts.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { deletedKeys } from '../table/deletion-record.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { joinTeam, type NewMember } from '../team/team-writes.ts';
import type { User } from './profile.schema.ts';
import { queueUnlink } from './unlink-outbox.ts';
import { UserItem } from './user.noun.ts';
import { userRefusals } from './user.refusals.ts';
import { administers, claimEmail, joiningOf, refuseAbove } from './user-writes.ts';

/** A transaction has 100 writes; a team takes two of them, the user a few. */
export const teamsJoinedAtOnce = 45;

interface Restoration {
  /** The user at the time of removal. */
  readonly user: User;
  /** Their memberships in teams that still exist. */
  readonly places: readonly (Pick<NewMember, 'role' | 'joinedAt'> & { readonly teamId: TeamId })[];
  readonly plan: Plan;
}

/**
 * Restores a removed user with their role, status and these teams. They are linked again at the identity
 * provider through the outbox if the request doesn't get to it. Throws `already_exists` if they are a user
 * again or their address is taken, `entitlement_exceeded` if no seat is free, `forbidden` for a role above
 * the actor's, and `conflict` for a team that is gone, full or has another lead.
 */
export async function restoreUser(ctx: Context, { user, places, plan }: Restoration): Promise<void> {
  const { scope, actor } = ctx;
  const { userId, email, name, role, status, twoFactor, createdAt, revision } = user;
  refuseAbove(actor, role);
  const teams = Object.fromEntries(places.map((place) => [place.teamId, place.role]));
  const item = fresh(
    ctx,
    UserItem,
    { ...{ userId, email, name, role, status, twoFactor, teams }, nameOrder: nameOrder(name) },
    'user.restored',
    // A revision after the removal's, which identifies the removal.
    { createdAt, revision: revision + 1 },
  );
  const admins = administers(user) ? 1 : 0;
  await transact(scope, [
    create(scope, UserItem, item, userRefusals.user_is_a_member),
    claimEmail(scope, email, userId, 'email', joiningOf(user)),
    countWithinPlan(scope, { users: 1, admins }, { of: 'seats', plan }),
    queueUnlink(ctx, userId),
    ...places.flatMap((place) => joinTeam(ctx, { ...place, userId, email, name })),
  ]);
}

/** Whether a user of the organization was removed in the last 30 days. */
export const wasRemoved = async (scope: OrganizationScope, userId: UserId): Promise<boolean> =>
  (await deletedKeys(scope, UserItem.name)).includes(userId);
