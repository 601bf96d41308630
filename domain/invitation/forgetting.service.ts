import { AppError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { membersToForget, noteForgotten } from '../user/forgetting.service.ts';

/**
 * Brings what the identity provider keeps of a person in line with the table: it lets go of an organization
 * that they are no member of. Throws `identity_unavailable`.
 */
export type LinkPerson = (userId: UserId) => Promise<void>;

/**
 * Settles what an organization's removals have left to be forgotten; what the provider doesn't take now
 * waits. Answers how many were.
 */
export async function settleForgettings(scope: OrganizationScope, link: LinkPerson): Promise<number> {
  const waiting = await membersToForget(scope);
  for (const [settled, userId] of waiting.entries())
    try {
      await link(userId);
      await noteForgotten(scope, userId);
    } catch (error) {
      if (error instanceof AppError && error.code === 'identity_unavailable') return settled;
      throw error;
    }
  return waiting.length;
}
