import * as z from 'zod/mini';
import { entriesAfter } from '../../../domain/audit/audit.service.ts';
import { noun, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { auditRoutes } from '../routes/audit.routes.ts';

const position = z.tuple([z.string(), z.string()]);

/** An organization's audit trail. */
export const audit = ({ page }: OrganizationParts) =>
  noun(auditRoutes, {
    listAuditEntries: ({ query, now, exchange, params }) =>
      page({
        use: { organizationId: params.organizationId, route: 'listAuditEntries' },
        query,
        now,
        parse: (text) => {
          const [timestamp, entryId] = position.parse(JSON.parse(text));
          return { timestamp, entryId };
        },
        positionOf: ({ timestamp, id }) => JSON.stringify([timestamp, id]),
        after: (at, limit) => {
          const { scope, organization } = tenantOf(exchange);
          return entriesAfter(scope, { since: organization.createdAt, position: at, limit, now });
        },
      }),
  });
