import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import { trailOf } from '../../../domain/audit/list-trail.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { filePart } from '../file-answer.ts';
import type { ApiEvent } from '../request.ts';
import { resource } from '../resource.ts';
import { filterText, readPlace, writePlace } from './cursor.ts';
import { auditRoutes } from './routes.ts';

// Loaded for the few who take the trail away.
const exporting = () =>
  Promise.all([
    import('../../../domain/audit/export-trail.ts'),
    import('../../../domain/audit/record-access.ts'),
  ]);

const given = ({ actor, action, resource, from, to }: AuditFilter): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ actor, action, resource, from, to }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );

/** The same address with another cursor. */
function addressOf({ rawPath, queryStringParameters }: ApiEvent, cursor: string): string {
  const query = Object.entries(queryStringParameters ?? {}).map(([name, value = '']) => [name, value]);
  return `${rawPath}?${new URLSearchParams([...query.filter(([name]) => name !== 'cursor'), ['cursor', cursor]])}`;
}

/** An organization's audit trail. */
export const audit = ({ batch }: OrganizationDependencies) =>
  resource(auditRoutes, {
    listAuditEntries: ({ ctx, organization, query }) =>
      batch({
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
      }),
    exportAuditEntries: async ({ ctx, organization, query, event }) => {
      const { scope, now } = ctx;
      const [{ exportFormats, exportTrail }, { recordExport }] = await exporting();
      const format = exportFormats[query.format];
      const { items, nextCursor } = await batch({
        // Whoever takes the trail away begins with a first part of their own, which is recorded.
        ctx,
        route: 'exportAuditEntries',
        filter: filterText(query, query.format),
        query,
        parse: readPlace,
        read: async (position) => {
          const asked = { filter: query, since: organization.createdAt, position, now };
          const [{ text, next }] = await Promise.all([
            exportTrail(scope, asked, format),
            // An export that can't be recorded doesn't happen. Its later parts need the first one's cursor.
            position === undefined ? recordExport(ctx, given(query)) : undefined,
          ]);
          return { items: [text], next: writePlace(next) };
        },
      });
      return filePart({
        mediaType: format.mediaType,
        name: `audit-${organization.id}-${now.toISOString().slice(0, 10)}.${format.extension}`,
        text: items.join(''),
        next: nextCursor === null ? null : { cursor: nextCursor, address: addressOf(event, nextCursor) },
      });
    },
  });
