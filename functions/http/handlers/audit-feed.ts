import { auditFeed } from '../../../domain/audit/feed.service.ts';
import { PLATFORM } from '../../../domain/ids.ts';
import { actorOf, noun } from '../noun.ts';
import type { AdminParts } from '../parts.ts';
import { auditFeedRoutes } from '../routes/audit.routes.ts';
import { filterText, readPlace, writePlace } from './audit-cursor.ts';

const reachMs = 30 * 86_400_000;

/** The audit trails of all organizations, as one feed. */
export const auditFeedNoun = ({ plane, stretch }: AdminParts) =>
  noun(auditFeedRoutes, {
    listAuditFeed: ({ query, now, exchange }) =>
      stretch({
        use: {
          viewer: actorOf(exchange).by,
          organizationId: PLATFORM,
          route: 'listAuditFeed',
          filter: filterText(query, query.organizationId),
        },
        query,
        now,
        parse: readPlace,
        read: async (position) => {
          const since = query.from ?? new Date(now.getTime() - reachMs).toISOString();
          const { organizationId, limit } = query;
          const asked = { filter: query, organizationId, since, position, limit, now };
          const { entries, next } = await auditFeed(plane, asked);
          return { items: entries, next: writePlace(next) };
        },
      }),
  });
