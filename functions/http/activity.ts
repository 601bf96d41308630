import QuickLRU from 'quick-lru';
import type { Exchange } from './exchange.ts';

/** Notes that somebody used the product. Never rejects for the request's sake: the caller decides what a failure means. */
export type NoteActivity = (exchange: Exchange) => Promise<void>;

/**
 * Notes a member's first permitted request of a day (UTC) that this execution environment sees; the write itself happens once a
 * day, whichever environment is first, and with the first one's of an organization the directory's. Who acts as somebody else, and the platform's people in a customer's organization, don't count.
 */
export function activityNoter(): NoteActivity {
  const seen = new QuickLRU<string, string>({ maxSize: 5000 });
  const active = new QuickLRU<string, string>({ maxSize: 500 });
  return async ({ identity, member, scope, now }) => {
    if (member === undefined || scope === undefined || member.organizationId !== scope.organizationId) return;
    if (identity?.impersonatedBy !== undefined) return;
    const { userId } = member;
    const today = now.toISOString().slice(0, 10);
    if (seen.get(userId) === today) return;
    seen.set(userId, today);
    try {
      // Loaded for the first request of somebody's day, not for each cold start.
      const { recordActivity, recordOrganizationActive } = await import(
        '../../domain/usage/activity.service.ts'
      );
      const first = active.get(scope.organizationId) !== today;
      active.set(scope.organizationId, today);
      await Promise.all([
        recordActivity(scope, userId, now),
        first ? recordOrganizationActive(scope, today) : undefined,
      ]);
    } catch (error) {
      seen.delete(userId);
      active.delete(scope.organizationId);
      throw error;
    }
  };
}
