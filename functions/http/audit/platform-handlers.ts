import { auditFeed } from '../../../domain/audit/list-feed.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { filterText, readPlace, writePlace } from './cursor.ts';
import { auditFeedRoutes } from './routes.ts';

const reachMs = 30 * 86_400_000;

/** The audit trails of all organizations, as one feed. */
export const platformAudit = ({ plane, batch }: AdminDependencies) =>
  resource(auditFeedRoutes, {
    listAuditFeed: ({ ctx, query }) =>
      batch({
        ctx,
        route: 'listAuditFeed',
        filter: filterText(query, query.organizationId),
        query,
        parse: readPlace,
        read: async (position) => {
          const { now } = ctx;
          const since = query.from ?? new Date(now.getTime() - reachMs).toISOString();
          const { organizationId, limit } = query;
          const asked = { filter: query, organizationId, since, position, limit, now };
          const { entries, next } = await auditFeed(plane, asked);
          return { items: entries, next: writePlace(next) };
        },
      }),
  });
