import { isAbove, isAdmin, type Role } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { nameOrder } from '../folded-text.ts';
import type { InvitationId, UserId } from '../ids.ts';
import { find, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { adjust, create, erase, fresh, type New, remove } from '../table/writes.ts';
import type { StoredMember } from '../team/find-team.ts';
import { leaveTeams } from '../team/leave-teams.ts';
import type { User } from './profile.schema.ts';
import { EmailClaimItem, notJoined, UserItem } from './user.noun.ts';
import { userRefusals } from './user.refusals.ts';

/**
 * Writes and checks shared by several use cases. As part of a transaction they keep a user, their email
 * address and their teams consistent.
 */

/**
 * The write that claims an address within an organization; refused if a user or a pending invitation has
 * it.
 * @param joined for a user, see `joiningOf`
 */
export const claimEmail = (
  scope: OrganizationScope,
  email: string,
  owner: InvitationId | UserId,
  path: string,
  joined: string = notJoined,
): Write => create(scope, EmailClaimItem, { email, holder: owner, joined }, () => emailTaken(path));

/** A user's position in the list by joining time. */
export const joiningOf = ({ createdAt, userId }: Pick<User, 'createdAt' | 'userId'>): string =>
  `${createdAt}#${userId}`;

/** The refusal of an address that can't be invited; doesn't reveal which organization has it. */
export const emailTaken = (path: string) => userRefusals.email_taken({}, { path });

/** The write that releases an address, provided `owner` has it. */
export const freeEmail = (scope: OrganizationScope, email: string, owner: InvitationId | UserId): Write =>
  erase(scope, EmailClaimItem, { email }, { where: ({ holder }, { eq }) => eq(holder, `${owner}`) });

/** The id of the user or invitation that has an address in an organization; undefined if it is free. */
export const ownerOfEmail = async (scope: OrganizationScope, email: string): Promise<string | undefined> =>
  (await find(scope, EmailClaimItem, { email }))?.holder;

/** The same for several addresses: the taken ones, with their owners. */
export const ownersOfEmails = (scope: OrganizationScope, emails: readonly string[]) =>
  findMany(
    scope,
    EmailClaimItem,
    emails.map((email) => ({ email })),
  );

/** The writes that create a user and transfer the address from their invitation. */
export function createUser(
  ctx: Context,
  { invitationId, ...person }: New<typeof UserItem> & { readonly invitationId: InvitationId },
): Write[] {
  const { scope } = ctx;
  const user = fresh(ctx, UserItem, { ...person, nameOrder: nameOrder(person.name) }, 'user.joined');
  return [
    create(scope, UserItem, user, userRefusals.user_is_a_member),
    adjust(
      scope,
      EmailClaimItem,
      { email: person.email },
      {
        set: { holder: person.userId, joined: joiningOf(user) },
        where: ({ holder }, { eq }) => eq(holder, `${invitationId}`),
      },
    ),
  ];
}

/**
 * The writes that remove a user, take them out of their teams and release their address; the organization's
 * counts are up to the caller. A user in very many teams leaves some of them beforehand, see `leaveTeams`.
 * @param conditions what the removal requires of the organization, see `leaveTeams`
 */
export async function leaveOrganization(
  ctx: Context,
  user: User,
  {
    memberships,
    conditions,
    action,
  }: {
    readonly memberships: readonly StoredMember[];
    readonly conditions: readonly Write[];
    readonly action: 'user.removed' | 'user.account-deleted';
  },
): Promise<Write[]> {
  const { writes, revision } = await leaveTeams(ctx, user, memberships, conditions);
  const [gone, record] = remove(ctx, UserItem, { ...user, revision }, action);
  return [gone, ...writes, freeEmail(ctx.scope, user.email, user.userId), record];
}

/** Whether a user is an active admin, of whom every organization needs at least one. */
export const administers = ({ role, status }: Pick<User, 'role' | 'status'>): boolean =>
  isAdmin(role) && status === 'active';

/** Throws `forbidden` for a role above the actor's own. */
export function refuseAbove(actor: Actor, role: Role): void {
  if (actor.role === 'system' || isAbove(role, actor.role)) throw userRefusals.role_out_of_reach({ role });
}
