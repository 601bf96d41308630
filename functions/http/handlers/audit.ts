import { trailOf } from '../../../domain/audit/trail.service.ts';
import { noun, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { auditRoutes } from '../routes/audit.routes.ts';
import { filterText, readPlace, writePlace } from './audit-cursor.ts';

/** An organization's audit trail. */
export const audit = ({ stretch }: OrganizationParts) =>
  noun(auditRoutes, {
    listAuditEntries: ({ query, now, exchange, params }) =>
      stretch({
        use: {
          organizationId: params.organizationId,
          route: 'listAuditEntries',
          filter: filterText(query),
        },
        query,
        now,
        parse: readPlace,
        read: async (position, limit) => {
          const { scope, organization } = tenantOf(exchange);
          const asked = { filter: query, since: organization.createdAt, position, limit, now };
          const { entries, next } = await trailOf(scope, asked);
          return { items: entries, next: writePlace(next) };
        },
      }),
  });
