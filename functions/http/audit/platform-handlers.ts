import { auditFeed } from '../../../domain/audit/list-feed.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { filterText, givenFilter, readPlace, writePlace } from './cursor.ts';
import { exportAnswer } from './export-answer.ts';
import { auditFeedRoutes } from './routes.ts';

// Loaded for the few who take the feed away.
const exporting = () =>
  Promise.all([
    import('../../../domain/audit/export-trail.ts'),
    import('../../../domain/audit/record-access.ts'),
  ]);

const reachMs = 30 * 86_400_000;

/** How far back the feed goes when nothing is said. */
const reachOf = (now: Date): string => new Date(now.getTime() - reachMs).toISOString();

/** The audit trails of all organizations, as one feed. */
export const platformAudit = ({ plane, batch, supportStage }: AdminDependencies) => {
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
      const [{ exportPart, feedFormats }, { recordExport }] = await exporting();
      const format = feedFormats[query.format];
      const { organizationId, from: since = reachOf(now) } = query;
      const { items, nextCursor } = await batch({
        ctx,
        route: 'exportAuditFeed',
        filter: filterText(query, organizationId, query.format),
        query,
        parse: readPlace,
        read: async (from) => {
          const asked = { filter: query, organizationId, since, now, isWithheld };
          const [{ text, next }] = await Promise.all([
            exportPart((position, limit) => auditFeed(plane, { ...asked, position, limit }), from, format),
            // As for an organization's own: what can't be recorded doesn't happen.
            from === undefined ? recordExport(ctx, givenFilter(query)) : undefined,
          ]);
          return { items: [text], next: writePlace(next) };
        },
      });
      return exportAnswer({ event, format, now, name: 'audit', items, nextCursor });
    },
  });
};
