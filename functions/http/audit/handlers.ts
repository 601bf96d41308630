import { trailOf } from '../../../domain/audit/list-trail.ts';
import { nameThings } from '../../../domain/audit/name-things.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { exportAnswer, filterText, givenFilter, readPlace, writePlace } from './cursor.ts';
import { auditRoutes } from './routes.ts';

// Loaded only for exports.
const exporting = () =>
  Promise.all([
    import('../../../domain/audit/export-trail.ts'),
    import('../../../domain/audit/record-access.ts'),
  ]);

// Loaded only for undo.
const undoing = () => import('./undo-handlers.ts');

// Loaded only for checkpoints.
const proving = () => import('./proof-handlers.ts');

export const audit = ({ batch, ...dependencies }: OrganizationDependencies) =>
  resource(auditRoutes, {
    listAuditEntries: async ({ ctx, organization, query }) => {
      const page = await batch({
        ctx,
        route: 'listAuditEntries',
        filter: filterText(query),
        query,
        parse: readPlace,
        read: async (position) => {
          const { scope, now } = ctx;
          const asked = { filter: query, since: organization.createdAt, position, limit: query.limit, now };
          const { entries, next } = await trailOf(scope, asked);
          return { items: entries, next: writePlace(next) };
        },
      });
      return { ...page, names: await nameThings(ctx.scope, page.items) };
    },
    exportAuditEntries: async ({ ctx, organization, query, event }) => {
      if (query.format === 'proof') return (await proving()).exportAsProof({ ctx, query, event, batch });
      const { scope, now } = ctx;
      const [{ exportFormats, exportTrail }, { recordExport }] = await exporting();
      const format = exportFormats[query.format];
      const { items, nextCursor } = await batch({
        // Every export starts with its own first part, which is recorded.
        ctx,
        route: 'exportAuditEntries',
        filter: filterText(query, query.format),
        query,
        parse: readPlace,
        read: async (position) => {
          const asked = { filter: query, since: organization.createdAt, position, now };
          const [{ text, next }] = await Promise.all([
            exportTrail(scope, asked, format),
            // An export that can't be recorded is refused. Later parts require the first one's cursor.
            position === undefined ? recordExport(ctx, givenFilter(query)) : undefined,
          ]);
          return { items: [text], next: writePlace(next) };
        },
      });
      return exportAnswer({ event, format, now, name: `audit-${organization.id}`, items, nextCursor });
    },
    previewUndo: async (call) => await (await undoing()).answerPreview(dependencies, call),
    undoEntry: async (call) => await (await undoing()).answerUndo(dependencies, call),
    getLatestCheckpoint: async ({ ctx, query }) => (await proving()).latest(ctx, query),
    requestCheckpoint: async ({ ctx }) => (await proving()).request(ctx, dependencies.checkpointsFunction),
    getAuditReceipt: async ({ ctx, query }) => (await proving()).receipt(ctx, query),
  });
