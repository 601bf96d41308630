import { type OrganizationId, PLATFORM } from '../../../domain/ids.ts';
import type { Listed } from '../../../domain/organization/directory-rows.service.ts';
import { createOrganization } from '../../../domain/organization/founding.service.ts';
import { organizationWithCounts } from '../../../domain/organization/organization-detail.service.ts';
import { listOrganizations } from '../../../domain/organization/organization-list.service.ts';
import { changeSubscription } from '../../../domain/organization/plan-change.service.ts';
import { updateProfile } from '../../../domain/organization/profile.service.ts';
import {
  deactivateOrganization,
  reactivateOrganization,
} from '../../../domain/organization/standing-change.service.ts';
import { subscriptionChangesAfter } from '../../../domain/organization/subscription-history.service.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import { actorOf, noun, revisionOf } from '../noun.ts';
import type { AdminParts } from '../parts.ts';
import { organizationsRoutes } from '../routes/organizations.routes.ts';

/** The super admin's organizations. */
export const organizations = ({ plane, provider, page }: AdminParts) => {
  const at = ({ organizationId }: { organizationId: OrganizationId }) =>
    withinOrganization(plane, organizationId);
  return noun(organizationsRoutes, {
    listOrganizations: async ({ query, now, exchange }) => {
      const { limit: _, cursor: __, ...view } = query;
      const { items, nextCursor } = await page({
        // A cursor is good for the filters and the order it was made with.
        use: {
          viewer: actorOf(exchange).by,
          organizationId: PLATFORM,
          route: 'listOrganizations',
          filter: JSON.stringify(view),
        },
        query,
        now,
        parse: (text) => text,
        positionOf: (listed: Listed) => listed.position(),
        after: (position, limit) => listOrganizations(plane, view, { position, limit, now }),
      });
      return { items: items.map(({ organization }) => organization), nextCursor };
    },
    createOrganization: ({ body, now, exchange }) =>
      createOrganization(plane, actorOf(exchange), body, provider, now),
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
    getSubscriptionHistory: ({ params, query, now, exchange }) =>
      page({
        use: {
          viewer: actorOf(exchange).by,
          organizationId: params.organizationId,
          route: 'getSubscriptionHistory',
        },
        query,
        now,
        parse: Number,
        positionOf: ({ revision }) => String(revision),
        after: (position, limit) => subscriptionChangesAfter(at(params), position, limit),
      }),
    getOrganization: ({ params }) => organizationWithCounts(at(params)),
  });
};
