import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { UserId } from '../ids.ts';
import { find, findAll } from '../table/reads.ts';
import { type OrganizationScope, platformScope } from '../table/scope.ts';
import { keyOfItem, pagesOf } from '../table/stored-items.ts';
import { type Write, write } from '../table/transaction.ts';
import { erase, replace } from '../table/writes.ts';
import { MemberClaimItem, UnlinkItem } from './user.noun.ts';

/**
 * Updates the identity provider's record of a user to match the table: an organization that they no longer
 * belong to is removed from it. Throws `identity_unavailable`.
 */
export type LinkPerson = (userId: UserId) => Promise<void>;

/** The write that queues a removed or restored user for the identity provider. */
export const queueUnlink = ({ scope, now }: Context, userId: UserId): Write =>
  replace(scope, UnlinkItem, { userId, removedAt: now.toISOString() });

/** Whether the identity provider still has to be informed of a user's removal. */
export const isUnlinkQueued = async (scope: OrganizationScope, userId: UserId): Promise<boolean> =>
  (await find(scope, UnlinkItem, { userId })) !== null;

/**
 * Unlinks the removed users in an organization's outbox. Stops at the first one that the provider can't
 * process now; the rest stays queued. Returns how many were unlinked.
 */
export async function sendUnlinks(scope: OrganizationScope, link: LinkPerson): Promise<number> {
  const waiting = await findAll(scope, UnlinkItem, {}, { consistent: false });
  for (const [sent, { userId }] of waiting.entries())
    try {
      await link(userId);
      await write(scope, erase(scope, UnlinkItem, { userId }));
    } catch (error) {
      if (error instanceof AppError && error.code === 'identity_unavailable') return sent;
      throw error;
    }
  return waiting.length;
}

/** Queues all users of an organization and releases their membership claims. */
export async function queueAll({ scope, now }: Pick<Context, 'scope' | 'now'>): Promise<void> {
  const { organizationId, client, table } = scope;
  const platform = platformScope(scope);
  for await (const { items } of pagesOf({ client, table }, `${organizationId}#user`))
    for (const item of items) {
      const userId = UserId.parse(keyOfItem(item).sk);
      await write(scope, replace(scope, UnlinkItem, { userId, removedAt: now.toISOString() }));
      await write(
        platform,
        erase(
          platform,
          MemberClaimItem,
          { userId },
          { where: ({ memberOf }, { eq }) => eq(memberOf, organizationId) },
        ),
      );
    }
}
