import QuickLRU from 'quick-lru';
import type { Context } from '../../../domain/context.ts';
import type { User } from '../../../domain/user/profile.schema.ts';

/**
 * Notes that somebody used the product. Rejects when it couldn't be written: the caller decides what that
 * means.
 */
export type NoteActivity = (ctx: Context, member: Pick<User, 'organizationId' | 'userId'>) => Promise<void>;

/**
 * Notes a member's first permitted request of a day (UTC) that this execution environment sees; the write
 * itself happens once a day, whichever environment is first, and with the first one's of an organization the
 * directory's. Who acts as somebody else, and the platform's people in a customer's organization, don't
 * count.
 */
export function activityNoter(): NoteActivity {
  const seen = new QuickLRU<string, string>({ maxSize: 5000 });
  const active = new QuickLRU<string, string>({ maxSize: 500 });
  return async ({ scope, actor, now }, { organizationId, userId }) => {
    if (organizationId !== scope.organizationId || actor.impersonatedBy !== undefined) return;
    // In support access the member may be whose view somebody of the platform has.
    if (actor.supportAccess !== undefined) return;
    const today = now.toISOString().slice(0, 10);
    if (seen.get(userId) === today) return;
    seen.set(userId, today);
    try {
      // Loaded for the first request of somebody's day, not for each cold start.
      const { recordActivity, recordOrganizationActive } = await import(
        '../../../domain/usage/record-activity.ts'
      );
      const first = active.get(organizationId) !== today;
      active.set(organizationId, today);
      await Promise.all([
        recordActivity(scope, userId, now),
        first ? recordOrganizationActive(scope, today) : undefined,
      ]);
    } catch (error) {
      seen.delete(userId);
      active.delete(organizationId);
      throw error;
    }
  };
}
