import * as z from 'zod';
import { OrganizationId, PLATFORM } from '../../../domain/ids.ts';
import type { InvitationSender } from '../../../domain/invitation/invitation-sender.ts';
import { directoryName } from '../../../domain/organization/directory.ts';
import {
  createOrganization,
  organizationsAfter,
  organizationWithCounts,
} from '../../../domain/organization/organization.service.ts';
import { changeSubscription } from '../../../domain/organization/plan-change.service.ts';
import { updateProfile } from '../../../domain/organization/profile.service.ts';
import {
  deactivateOrganization,
  reactivateOrganization,
} from '../../../domain/organization/standing-change.service.ts';
import { type ControlPlane, withinOrganization } from '../../../domain/table/scope.ts';
import { type HandlerTable, handle, revisionOf } from '../handler.ts';
import type { Pager } from '../paging.ts';
import { adminRoutes } from '../routes/admin.routes.ts';

const position = z.tuple([z.string(), OrganizationId]);

/** The super admin's organizations. */
export const organizationHandlers = (plane: ControlPlane, sender: InvitationSender, page: Pager) => {
  const at = ({ organizationId }: { organizationId: OrganizationId }) =>
    withinOrganization(plane, organizationId);
  return {
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
    updateOrganization: handle(adminRoutes.updateOrganization, ({ params, body, actor, now, exchange }) => {
      const revision = revisionOf(exchange);
      return updateProfile(plane, at(params), actor, { ...body, revision }, now);
    }),
    deactivateOrganization: handle(adminRoutes.deactivateOrganization, ({ params, body, actor, now }) =>
      deactivateOrganization(at(params), actor, body.reason, now),
    ),
    reactivateOrganization: handle(adminRoutes.reactivateOrganization, ({ params, actor, now }) =>
      reactivateOrganization(at(params), actor, now),
    ),
    changeSubscription: handle(
      adminRoutes.changeSubscription,
      ({ params, query, body, actor, now, exchange }) => {
        const revision = revisionOf(exchange);
        const change = { subscription: body, revision, dryRun: query.dryRun };
        return changeSubscription(at(params), actor, change, now);
      },
    ),
    getOrganization: handle(adminRoutes.getOrganization, ({ params }) => organizationWithCounts(at(params))),
  } satisfies HandlerTable;
};
