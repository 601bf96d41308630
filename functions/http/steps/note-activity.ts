import QuickLRU from 'quick-lru';
import type { Context } from '../../../domain/context.ts';
import type { User } from '../../../domain/user/profile.schema.ts';

/**
 * Records that a user used the product. Rejects if it couldn't be written; the caller decides what that
 * means.
 */
export type NoteActivity = (ctx: Context, member: Pick<User, 'organizationId' | 'userId'>) => Promise<void>;

/**
 * Records a member's first permitted request of a day (UTC) in this execution environment. The write itself
 * happens once a day, whichever environment is first, and the organization's first one also updates the
 * directory. Impersonated sessions and visiting super admins don't count.
 */
export function activityNoter(): NoteActivity {
  const seen = new QuickLRU<string, string>({ maxSize: 5000 });
  const active = new QuickLRU<string, string>({ maxSize: 500 });
  return async ({ scope, actor, now }, { organizationId, userId }) => {
    if (organizationId !== scope.organizationId || actor.impersonatedBy !== undefined) return;
    // In support access, the member may be the user whose view is shown.
    if (actor.supportAccess !== undefined) return;
    const today = now.toISOString().slice(0, 10);
    if (seen.get(userId) === today) return;
    seen.set(userId, today);
    try {
      // Loaded for a user's first request of the day, not for every cold start.
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
