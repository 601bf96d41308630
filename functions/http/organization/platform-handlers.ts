import type { OrganizationId } from '../../../domain/ids.ts';
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
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { organizationsRoutes } from './platform-routes.ts';

/** The super admin's organizations. */
export const organizations = ({ plane, provider, page }: AdminDependencies) => {
  const at = ({ organizationId }: { organizationId: OrganizationId }) =>
    withinOrganization(plane, organizationId);
  return resource(organizationsRoutes, {
    listOrganizations: async ({ ctx, query }) => {
      const { limit: _, cursor: __, ...view } = query;
      const { items, nextCursor } = await page({
        ctx,
        route: 'listOrganizations',
        // A cursor is good for the filters and the order it was made with.
        filter: JSON.stringify(view),
        query,
        parse: (text) => text,
        positionOf: (listed: Listed) => listed.position(),
        after: (position, limit) => listOrganizations(plane, view, { position, limit, now: ctx.now }),
      });
      return { items: items.map(({ organization }) => organization), nextCursor };
    },
    createOrganization: ({ ctx: { actor, now }, body }) =>
      createOrganization(plane, actor, body, provider, now),
    updateOrganization: ({ ctx: { actor, now }, params, body, revision }) =>
      updateProfile(plane, at(params), actor, { ...body, revision }, now),
    deactivateOrganization: ({ ctx: { actor, now }, params, body }) =>
      deactivateOrganization(at(params), actor, body.reason, now),
    reactivateOrganization: ({ ctx: { actor, now }, params }) =>
      reactivateOrganization(at(params), actor, now),
    changeSubscription: ({ ctx: { actor, now }, params, query, body, revision }) => {
      const change = { subscription: body, revision, dryRun: query.dryRun };
      return changeSubscription(at(params), actor, change, now);
    },
    getSubscriptionHistory: ({ ctx, params, query }) =>
      page({
        ctx: { ...ctx, scope: at(params) },
        route: 'getSubscriptionHistory',
        query,
        parse: Number,
        positionOf: ({ revision }) => String(revision),
        after: (position, limit) => subscriptionChangesAfter(at(params), position, limit),
      }),
    getOrganization: ({ params }) => organizationWithCounts(at(params)),
  });
};
