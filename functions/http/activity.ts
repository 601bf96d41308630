import QuickLRU from 'quick-lru';
import type { Exchange } from './exchange.ts';

/** Notes that somebody used the product. Never rejects for the request's sake: the caller decides what a failure means. */
export type NoteActivity = (exchange: Exchange) => Promise<void>;

/**
 * Notes a member's first permitted request of a day (UTC) that this execution environment sees; the write itself happens once a
 * day, whichever environment is first. Who acts as somebody else, and the platform's people in a customer's organization, don't count.
 */
export function activityNoter(): NoteActivity {
  const seen = new QuickLRU<string, string>({ maxSize: 5000 });
  return async ({ identity, member, scope, now }) => {
    if (member === undefined || scope === undefined || member.organizationId !== scope.organizationId) return;
    if (identity?.impersonatedBy !== undefined) return;
    const { userId } = member;
    const today = now.toISOString().slice(0, 10);
    if (seen.get(userId) === today) return;
    seen.set(userId, today);
    try {
      // Loaded for the first request of somebody's day, not for each cold start.
      const { recordActivity } = await import('../../domain/usage/activity.service.ts');
      await recordActivity(scope, userId, now);
    } catch (error) {
      seen.delete(userId);
      throw error;
    }
  };
}
