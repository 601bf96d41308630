import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { TeamId, type UserId } from '../ids.ts';
import { updated } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, update } from '../table/write.ts';
import { followUser } from '../team/team-writes.ts';
import { claimEmailWrite, freeEmailWrite } from './admission.service.ts';
import { UserItem } from './user.noun.ts';

/** A person as the identity provider knows them now; what it doesn't know stays as it is. */
export interface IdentityFacts {
  readonly userId: UserId;
  readonly name?: string | undefined;
  /** The primary address, verified. */
  readonly email?: string | undefined;
  /** Clerk's time of these facts, ms since the epoch. */
  readonly clerkTime: number;
}

/**
 * What became of the facts: taken over, already so (or older than what was taken, or of nobody here), or the name only, since the
 * new address is somebody else's in this organization, for a person to settle.
 */
export type Following = 'followed' | 'unchanged' | 'address_taken';

/**
 * Lets a member's name and address follow the identity provider's; the address is taken and given up in the same transaction.
 * Later facts win, whatever order they come in. Throws `stale` when the member changes at that moment: try again.
 */
export async function followIdentity(
  scope: OrganizationScope,
  actor: Actor,
  facts: IdentityFacts,
  now: Date,
): Promise<Following> {
  const { organizationId, client, table } = scope;
  const { userId, clerkTime } = facts;
  const { data: user } = await entityOf(UserItem).get({ organizationId, userId }).go({
    client,
    table,
    consistent: true,
  });
  if (user === null || (user.identityTime ?? 0) > clerkTime) return 'unchanged';
  const { name = user.name, email = user.email } = facts;
  if (name === user.name && email === user.email) return 'unchanged';
  const follow = async (next: { readonly name: string; readonly email: string }) => {
    const changed = entityOf(UserItem)
      .patch({ organizationId, userId })
      .set({ ...next, identityTime: clerkTime, ...updated(actor, 'user.identity-changed', now) })
      .add({ revision: 1 })
      .where(({ revision }, { eq }) => eq(revision, user.revision));
    const moves = next.email !== user.email && [
      claimEmailWrite(scope, next.email, userId, 'email'),
      freeEmailWrite(scope, user.email, userId),
    ];
    const teamIds = Object.keys(user.teams ?? {}).map((id) => TeamId.parse(id));
    const inTeams = followUser({ scope, actor, now }, { ...next, userId, teamIds });
    await transact(scope, [update(scope, changed, stale), ...(moves || []), ...inTeams]);
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
