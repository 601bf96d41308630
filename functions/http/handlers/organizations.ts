import * as z from 'zod/mini';
import { OrganizationId, PLATFORM } from '../../../domain/ids.ts';
import {
  organizationsAfter,
  organizationWithCounts,
} from '../../../domain/organization/directory.service.ts';
import { directoryName } from '../../../domain/organization/directory.ts';
import { createOrganization } from '../../../domain/organization/founding.service.ts';
import { changeSubscription } from '../../../domain/organization/plan-change.service.ts';
import { updateProfile } from '../../../domain/organization/profile.service.ts';
import {
  deactivateOrganization,
  reactivateOrganization,
} from '../../../domain/organization/standing-change.service.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import { clerkInvitations } from '../../clerk/invitations.ts';
import { actorOf, noun, revisionOf } from '../noun.ts';
import type { AdminParts } from '../parts.ts';
import { organizationsRoutes } from '../routes/organizations.routes.ts';

const position = z.tuple([z.string(), OrganizationId]);

/** The super admin's organizations. */
export const organizations = ({ plane, clerk, page }: AdminParts) => {
  const sender = clerkInvitations(clerk);
  const at = ({ organizationId }: { organizationId: OrganizationId }) =>
    withinOrganization(plane, organizationId);
  return noun(organizationsRoutes, {
    listOrganizations: ({ query, now }) =>
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
    createOrganization: ({ body, now, exchange }) =>
      createOrganization(plane, actorOf(exchange), body, sender, now),
    updateOrganization: ({ params, body, now, exchange }) => {
      const revision = revisionOf(exchange);
      return updateProfile(plane, at(params), actorOf(exchange), { ...body, revision }, now);
    },
    deactivateOrganization: ({ params, body, now, exchange }) =>
      deactivateOrganization(at(params), actorOf(exchange), body.reason, now),
    reactivateOrganization: ({ params, now, exchange }) =>
      reactivateOrganization(at(params), actorOf(exchange), now),
    changeSubscription: ({ params, query, body, now, exchange }) => {
      const revision = revisionOf(exchange);
      const change = { subscription: body, revision, dryRun: query.dryRun };
      return changeSubscription(at(params), actorOf(exchange), change, now);
    },
    getOrganization: ({ params }) => organizationWithCounts(at(params)),
  });
};
