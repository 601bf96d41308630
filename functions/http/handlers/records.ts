import * as z from 'zod';
import { entriesAfter } from '../../../domain/audit/audit.service.ts';
import { snapshotsBetween } from '../../../domain/usage/usage.service.ts';
import { type HandlerTable, handle, tenantOf } from '../handler.ts';
import type { Pager } from '../paging.ts';
import { organizationRoutes } from '../routes/organization.routes.ts';

const position = z.tuple([z.string(), z.string()]);

/** What is kept of an organization: its profile, audit trail and usage. */
export const recordHandlers = (page: Pager) =>
  ({
    getOwnOrganization: handle(organizationRoutes.getOwnOrganization, async ({ exchange }) => {
      const { organization, member } = tenantOf(exchange);
      const { id, name, status } = organization;
      const sees = member.role === 'org_admin' || member.role === 'super_admin';
      return sees ? organization : { id, name, status };
    }),
    listUsage: handle(organizationRoutes.listUsage, async ({ query, exchange }) => ({
      items: await snapshotsBetween(tenantOf(exchange).scope, query.from, query.to),
    })),
    listAuditEntries: handle(organizationRoutes.listAuditEntries, ({ query, now, exchange, params }) =>
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
    ),
  }) satisfies HandlerTable;
