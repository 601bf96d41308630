import { isAdmin } from '../access/roles.schema.ts';
import type { Context } from '../context.ts';
import { AppError, stale } from '../errors.ts';
import { nameOrder } from '../folded-text.ts';
import { type InvitationId, type OrganizationId, PLATFORM, TeamId, type UserId } from '../ids.ts';
import { acceptInvitation } from '../invitation/accept-invitation.ts';
import {
  changeCounts,
  checkMoreAdminsThan,
  countAdminLess,
  countBesideAdmin,
} from '../organization/counts.ts';
import { find } from '../table/reads.ts';
import type { OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { membershipsOf } from '../team/find-team.ts';
import { followUser } from '../team/team-writes.ts';
import { findUser } from './find-user.ts';
import { memberClaims, membershipIn } from './member-claims.ts';
import type { User } from './profile.schema.ts';
import { UserItem } from './user.noun.ts';
import { administers, claimEmail, freeEmail, joiningOf, leaveOrganization } from './user-writes.ts';
import { recordIdentity } from './webhook-records.ts';

/** A user, as the identity provider currently knows them. Unknown fields are left unchanged. */
export interface IdentityFacts {
  readonly userId: UserId;
  readonly name?: string | undefined;
  /** The primary address, verified. */
  readonly email?: string | undefined;
  /** Whether the account has a second factor. */
  readonly twoFactor?: boolean | undefined;
  /** Clerk's timestamp of these facts, in ms since the epoch. */
  readonly clerkTime: number;
  /** The member's revision that the facts were compared with; otherwise refused as `stale`. */
  readonly revision?: number | undefined;
}

/** An event of the identity provider: a user's state, or their deletion. */
export type IdentityEvent =
  | (IdentityFacts & {
      readonly kind: 'state';
      readonly organizationId?: OrganizationId | undefined;
      readonly invitationId?: InvitationId | undefined;
    })
  | {
      readonly kind: 'deleted';
      readonly userId: UserId;
      /**
       * The user's organization according to the table, if the caller has looked it up; a webhook doesn't
       * contain it.
       */
      readonly organizationId?: OrganizationId | undefined;
      readonly revision?: number | undefined;
    };

/**
 * The effect of the facts. `unchanged`: already known, outdated, or not about a member. `address_taken`:
 * only the name was updated, because another user of the organization has the new address; an admin has to
 * resolve that.
 */
type Following = 'followed' | 'unchanged' | 'address_taken';

/** What happened to a member whose account was deleted. */
type AccountDeletion = 'removed' | 'left_without_admin' | 'not_a_member';

/** The outcome of an event. `outdated`: a later state is already known. */
export type IdentityOutcome = Following | AccountDeletion | 'outdated';

/**
 * Applies an event of the identity provider to an organization's member: invited users join, names and
 * addresses follow, deleted accounts are removed. Nobody joins the platform this way. Events may arrive
 * repeatedly and in any order; the latest state wins, and a deletion is final. After an error the same
 * event can be delivered again to finish the work.
 * @param ctx its scope is the platform's, where identities are stored
 */
export async function applyIdentityEvent(
  ctx: Context,
  event: IdentityEvent,
  open: OpenOrganization,
): Promise<IdentityOutcome> {
  const { scope: platform, now } = ctx;
  const { userId } = event;
  const deleted = event.kind === 'deleted';
  const { organizationId, revision } = event;
  const clerkTime = deleted ? now.getTime() : event.clerkTime;
  const told = { clerkTime, belongsTo: organizationId };
  const { status, belongsTo, belongedTo } = await recordIdentity(platform, { userId, deleted, ...told });
  if (belongsTo === undefined) return 'not_a_member';
  if (status === 'outdated') return 'outdated';
  if (deleted || status === 'deleted') {
    // A user belongs to one organization at a time. The previous one has removed them, unless Clerk's
    // metadata was edited by hand.
    const outcomes: AccountDeletion[] = [];
    for (const id of [...belongedTo, belongsTo]) {
      const compared = id === organizationId ? revision : undefined;
      outcomes.push(await removeDeletedAccount({ ...ctx, scope: open(id) }, userId, compared));
    }
    return outcomes.find((outcome) => outcome === 'left_without_admin') ?? outcomes.at(-1) ?? 'not_a_member';
  }
  const actor = { ...ctx.actor, by: userId, name: event.name };
  const { invitationId, email } = event;
  const joins = organizationId !== undefined && organizationId !== PLATFORM;
  if (joins && invitationId !== undefined && email !== undefined)
    await acceptInvitation(
      { scope: open(organizationId), actor, now },
      { userId, email, invitationId, name: event.name },
      memberClaims(platform, membershipIn(open)),
    ).catch(laterIfClosed);
  return await followIdentity({ scope: open(belongsTo), actor, now }, event);
}

/**
 * No one joins an organization that is suspended or whose plan has ended. They join with their first
 * request once it is served again.
 */
function laterIfClosed(error: unknown): void {
  const codes: readonly unknown[] = ['organization_inactive', 'subscription_expired'];
  if (!(error instanceof AppError && codes.includes(error.code))) throw error;
}

/**
 * Updates a user's name, address and second factor from the identity provider. The new address is claimed
 * and the old one released in the same transaction. Later facts win, whatever their order of arrival.
 * Throws `stale` if the user changes at the same time: retry.
 */
async function followIdentity(ctx: Context, facts: IdentityFacts): Promise<Following> {
  const { scope } = ctx;
  const { userId, clerkTime } = facts;
  const user = await find(scope, UserItem, { userId });
  if (user === null || (user.identityTime ?? 0) > clerkTime) return 'unchanged';
  if (facts.revision !== undefined && facts.revision !== user.revision) throw stale();
  const { name = user.name, email = user.email, twoFactor = user.twoFactor } = facts;
  const isNamed = name === user.name && email === user.email;
  if (isNamed && twoFactor === user.twoFactor) return 'unchanged';
  if (isNamed && user.twoFactor === undefined && twoFactor === false)
    return await learnOfNone(ctx, user, clerkTime);
  const teamIds = Object.keys(user.teams ?? {}).map((id) => TeamId.parse(id));
  const follow = async (next: { readonly name: string; readonly email: string }) => {
    const set = { ...next, nameOrder: nameOrder(next.name), twoFactor, identityTime: clerkTime };
    const moved = next.email !== user.email;
    await transact(scope, [
      change(ctx, UserItem, { userId }, { action: 'user.identity-changed', set, at: user.revision }),
      ...(moved
        ? [
            claimEmail(scope, next.email, userId, 'email', joiningOf(user)),
            freeEmail(scope, user.email, userId),
          ]
        : []),
      ...followUser(ctx, { ...next, userId, teamIds }),
    ]);
  };
  try {
    await follow({ name, email });
    return 'followed';
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already_exists')) throw error;
    if (name !== user.name) await follow({ name, email: user.email });
    return 'address_taken';
  }
}

/** Records that an account has no second factor. Learning this for the first time isn't an audited change. */
async function learnOfNone(
  ctx: Context,
  { userId, revision }: { readonly userId: UserId; readonly revision: number },
  identityTime: number,
): Promise<Following> {
  const set = { twoFactor: false, identityTime };
  const noted = { secondaryTo: 'user.identity-changed', set, at: revision, keepsRevision: true } as const;
  await transact(ctx.scope, [change(ctx, UserItem, { userId }, noted)]);
  return 'followed';
}

/**
 * Removes a member whose account the identity provider has deleted. The last admin is deactivated instead,
 * which shows that the organization needs a new one. Idempotent.
 */
async function removeDeletedAccount(
  ctx: Context,
  userId: UserId,
  revision: number | undefined,
): Promise<AccountDeletion> {
  const { scope } = ctx;
  const [user, memberships] = await Promise.all([findUser(scope, userId), membershipsOf(scope, userId)]);
  if (user === null) return 'not_a_member';
  if (revision !== undefined && revision !== user.revision) throw stale();
  const action = 'user.account-deleted';
  try {
    const { count, conditions } = countOneLess(scope, user);
    const gone = await leaveOrganization(ctx, user, { memberships, conditions, action });
    await transact(scope, [...gone, count]);
    return 'removed';
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'last_admin')) throw error;
    const deactivated = { action, set: { status: 'deactivated' }, at: user.revision } as const;
    if (administers(user))
      await transact(scope, [
        change(ctx, UserItem, { userId }, deactivated),
        changeCounts(scope, { admins: -1 }),
      ]);
    return 'left_without_admin';
  }
}

/** The write that counts one user less, with its conditions: an admin only leaves if another one remains. */
function countOneLess(scope: OrganizationScope, user: User): { count: Write; conditions: Write[] } {
  const fewer = { users: -1 };
  if (administers(user))
    return { count: countAdminLess(scope, fewer), conditions: [checkMoreAdminsThan(scope, 1)] };
  return isAdmin(user.role)
    ? { count: countBesideAdmin(scope, fewer), conditions: [checkMoreAdminsThan(scope, 0)] }
    : { count: changeCounts(scope, fewer), conditions: [] };
}
