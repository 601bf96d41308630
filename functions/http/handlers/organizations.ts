import * as z from 'zod';
import { OrganizationId, PLATFORM } from '../../../domain/ids.ts';
import type { InvitationSender } from '../../../domain/invitation/invitation-sender.ts';
import { directoryName } from '../../../domain/organization/directory.ts';
import {
  createOrganization,
  organizationsAfter,
  organizationWithCounts,
} from '../../../domain/organization/organization.service.ts';
import { type ControlPlane, withinOrganization } from '../../../domain/table/scope.ts';
import { type HandlerTable, handle } from '../handler.ts';
import type { Pager } from '../paging.ts';
import { adminRoutes } from '../routes/admin.routes.ts';

const position = z.tuple([z.string(), OrganizationId]);

/** The super admin's organizations. */
export const organizationHandlers = (plane: ControlPlane, sender: InvitationSender, page: Pager) =>
  ({
    listOrganizations: handle(adminRoutes.listOrganizations, ({ query, now }) =>
      page({
        use: { organizationId: PLATFORM, route: 'listOrganizations', filter: query.search },
        query,
        now,
        parse: (text) => {
          const [name, organizationId] = position.parse(JSON.parse(text));
          return { directoryName: name, organizationId };
        },
        positionOf: ({ name, id }) => JSON.stringify([directoryName(name), id]),
        after: (at, limit) => organizationsAfter(plane, { search: query.search, position: at, limit }),
      }),
    ),
    createOrganization: handle(adminRoutes.createOrganization, ({ body, actor, now }) =>
      createOrganization(plane, actor, body, sender, now),
    ),
    getOrganization: handle(adminRoutes.getOrganization, ({ params }) =>
      organizationWithCounts(withinOrganization(plane, params.organizationId)),
    ),
  }) satisfies HandlerTable;
