import { auditFeed } from '../../../domain/audit/list-feed.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { exportAnswer, filterText, readPlace, writePlace } from './cursor.ts';
import { auditFeedRoutes } from './routes.ts';

// Loaded only for exports.
const exporting = async () => {
  const [{ exportFeed }, { feedFormats }] = await Promise.all([
    import('../../../domain/approval/export-feed.ts'),
    import('../../../domain/audit/export-trail.ts'),
  ]);
  return { exportFeed, feedFormats };
};

const reachMs = 30 * 86_400_000;

/** How far the feed goes back by default. */
const reachOf = (now: Date): string => new Date(now.getTime() - reachMs).toISOString();

/** The audit logs of all organizations, as one feed. */
export const platformAudit = ({ plane, batch, supportStage, approvals }: AdminDependencies) => {
  const isWithheld = supportStage !== 'open';
  return resource(auditFeedRoutes, {
    listAuditFeed: ({ ctx, query }) =>
      batch({
        ctx,
        route: 'listAuditFeed',
        filter: filterText(query, query.organizationId),
        query,
        parse: readPlace,
        read: async (position) => {
          const { now } = ctx;
          const { organizationId, limit, from: since = reachOf(now) } = query;
          const asked = { filter: query, organizationId, since, position, limit, now, isWithheld };
          const { entries, next } = await auditFeed(plane, asked);
          return { items: entries, next: writePlace(next) };
        },
      }),
    exportAuditFeed: async ({ ctx, query, event }) => {
      const { now } = ctx;
      const { exportFeed, feedFormats } = await exporting();
      const { items, nextCursor } = await batch({
        ctx,
        route: 'exportAuditFeed',
        filter: filterText(query, query.organizationId, query.format, query.approvalId),
        query,
        parse: readPlace,
        read: async (position) => {
          const of = { plane, begin: approvals.begin({ ctx, event }), reach: reachOf(now), isWithheld };
          const { text, next } = await exportFeed(ctx, { query, position }, of);
          return { items: [text], next: writePlace(next) };
        },
      });
      return exportAnswer({
        event,
        format: feedFormats[query.format],
        now,
        name: 'audit',
        items,
        nextCursor,
      });
    },
  });
};
