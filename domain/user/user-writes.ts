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
 * The writes and checks that several use cases of users share. The writes go into a transaction and together
 * keep a user, their address and their teams in step.
 */

/**
 * The write that claims an address in an organization; refused when a user or an open invitation has it.
 * @param joined of a user, see `joiningOf`
 */
export const claimEmail = (
  scope: OrganizationScope,
  email: string,
  owner: InvitationId | UserId,
  path: string,
  joined: string = notJoined,
): Write => create(scope, EmailClaimItem, { email, holder: owner, joined }, () => emailTaken(path));

/** Where a user stands in the list by joining. */
export const joiningOf = ({ createdAt, userId }: Pick<User, 'createdAt' | 'userId'>): string =>
  `${createdAt}#${userId}`;

/** The refusal of an address that can't be invited; it doesn't say which organization has it. */
export const emailTaken = (path: string) => userRefusals.email_taken({}, { path });

/** The write that frees an address, as long as `owner` has it. */
export const freeEmail = (scope: OrganizationScope, email: string, owner: InvitationId | UserId): Write =>
  erase(scope, EmailClaimItem, { email }, { where: ({ holder }, { eq }) => eq(holder, `${owner}`) });

/** The id of the user or invitation that has an address in an organization; undefined when it is free. */
export const ownerOfEmail = async (scope: OrganizationScope, email: string): Promise<string | undefined> =>
  (await find(scope, EmailClaimItem, { email }))?.holder;

/** The same of several addresses: those that are taken, with who has them. */
export const ownersOfEmails = (scope: OrganizationScope, emails: readonly string[]) =>
  findMany(
    scope,
    EmailClaimItem,
    emails.map((email) => ({ email })),
  );

/** The writes that make a person a user, and hand them the address that their invitation had. */
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
 * The writes that remove a user, take them out of their teams and free their address; what the organization
 * counts is left to the caller. A user in very many teams leaves some of them now, see `leaveTeams`.
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

/** Whether a user is one of the active admins, of whom an organization must have at least one. */
export const administers = ({ role, status }: Pick<User, 'role' | 'status'>): boolean =>
  isAdmin(role) && status === 'active';

/** Throws `forbidden` for a role above the actor's own. */
export function refuseAbove(actor: Actor, role: Role): void {
  if (actor.role === 'system' || isAbove(role, actor.role)) throw userRefusals.role_out_of_reach({ role });
}
