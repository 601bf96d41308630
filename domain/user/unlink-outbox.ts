import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { type Write, write } from '../table/write.ts';
import { erase, replace } from '../table/writes.ts';
import { UnlinkItem } from './user.noun.ts';

/**
 * Brings what the identity provider keeps of a person in line with the table: it lets go of an organization
 * that they are no member of. Throws `identity_unavailable`.
 */
export type LinkPerson = (userId: UserId) => Promise<void>;

/** The write that keeps in mind that the identity provider has to unlink somebody who is removed. */
export const queueUnlink = ({ scope, now }: Context, userId: UserId): Write =>
  replace(scope, UnlinkItem, { userId, removedAt: now.toISOString() });

/**
 * Has those unlinked whom an organization's removals have left in the outbox; what the provider doesn't take
 * now waits. Answers how many were.
 */
export async function sendUnlinks(scope: OrganizationScope, link: LinkPerson): Promise<number> {
  const { organizationId, client, table } = scope;
  const { data: waiting } = await entityOf(UnlinkItem)
    .query.primary({ organizationId })
    .go({ client, table, pages: 'all' });
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
