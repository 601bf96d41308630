import type { Context } from '../../../domain/context.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { changeSubscription } from '../../../domain/organization/change-subscription.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { createOrganization } from '../../../domain/organization/create-organization.ts';
import { healthOf } from '../../../domain/organization/health-rules.schema.ts';
import { listOrganizations } from '../../../domain/organization/list-organizations.ts';
import type { Listed } from '../../../domain/organization/read-directory.ts';
import { subscriptionChangesAfter } from '../../../domain/organization/subscription-history.ts';
import {
  reactivateOrganization,
  suspendOrganization,
} from '../../../domain/organization/suspend-organization.ts';
import { updateOrganization } from '../../../domain/organization/update-organization.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { organizationsRoutes } from './platform-routes.ts';

/** The super admin's organizations. */
export const organizations = ({ plane, provider, page }: AdminDependencies) => {
  const at = (ctx: Context, { organizationId }: { organizationId: OrganizationId }): Context => ({
    ...ctx,
    scope: withinOrganization(plane, organizationId),
  });
  return resource(organizationsRoutes, {
    listOrganizations: async ({ ctx, query }) => {
      const { limit: _, cursor: __, ...view } = query;
      const { items, nextCursor } = await page({
        ctx,
        route: 'listOrganizations',
        // A cursor is only valid for the filter and order it was created with.
        filter: JSON.stringify(view),
        query,
        parse: (text) => text,
        positionOf: (listed: Listed) => listed.position(),
        after: (position, limit) => listOrganizations(plane, view, { position, limit, now: ctx.now }),
      });
      return { items: items.map(({ organization }) => organization), nextCursor };
    },
    createOrganization: ({ ctx, body }) => createOrganization(ctx, body, provider),
    updateOrganization: ({ ctx, params, body, revision }) =>
      updateOrganization(at(ctx, params), { ...body, revision }),
    deactivateOrganization: ({ ctx, params, body }) => suspendOrganization(at(ctx, params), body),
    reactivateOrganization: ({ ctx, params }) => reactivateOrganization(at(ctx, params)),
    changeSubscription: ({ ctx, params, query: { dryRun }, body, revision }) =>
      changeSubscription(at(ctx, params), { subscription: body, revision, dryRun }),
    getSubscriptionHistory: ({ ctx, params, query }) => {
      const within = at(ctx, params);
      return page({
        ctx: within,
        route: 'getSubscriptionHistory',
        query,
        parse: Number,
        positionOf: ({ revision }) => String(revision),
        after: (position, limit) => subscriptionChangesAfter(within.scope, position, limit),
      });
    },
    getOrganization: async ({ ctx, params }) => {
      const whole = await requireOrganizationWithCounts(at(ctx, params).scope);
      const { weekAgo: _, ...organization } = whole;
      return { ...organization, health: healthOf(whole, ctx.now.toISOString().slice(0, 10)) };
    },
  });
};
