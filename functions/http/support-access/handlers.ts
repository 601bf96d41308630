import { SupportAccessId } from '../../../domain/ids.ts';
import {
  findCurrent,
  showSupportAccess,
  supportAccessesAfter,
} from '../../../domain/support-access/find-support-access.ts';
import {
  endSupportAccess,
  extendSupportAccess,
  grantSupportAccess,
  narrowSupportAccess,
  openSupportAccess,
  viewAsUser,
} from '../../../domain/support-access/manage-support-access.ts';
import type { SupportAccess } from '../../../domain/support-access/support-access.schema.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { supportAccessRoutes } from './routes.ts';

/** Support access to an organization. */
export const supportAccess = ({ page, supportStage: stage, approvals }: OrganizationDependencies) =>
  resource(supportAccessRoutes, {
    listSupportAccess: async ({ ctx, query }) => {
      const found = await page({
        ctx,
        route: 'listSupportAccess',
        query,
        parse: (text) => SupportAccessId.parse(text),
        positionOf: ({ id }: SupportAccess) => id,
        after: async (position, limit) => {
          const stored = await supportAccessesAfter(ctx.scope, position, limit);
          return stored.map((one) => showSupportAccess(one, ctx.now));
        },
      });
      return { ...found, stage };
    },
    getCurrentSupportAccess: async ({ ctx, ability, member }) => {
      const current = stage === 'open' ? null : await findCurrent(ctx);
      return {
        ...{ stage, supportAccess: current, rules: [...ability.rules] },
        ...(member.userId === ctx.actor.by ? {} : { viewing: member }),
      };
    },
    openSupportAccess: ({ ctx, body }) => openSupportAccess(ctx, stage, body),
    extendSupportAccess: ({ ctx, params, body, event }) =>
      extendSupportAccess(ctx, params.supportAccessId, body, approvals?.begin({ ctx, event })),
    viewAsUser: ({ ctx, params, body }) => viewAsUser(ctx, params.supportAccessId, body.userId),
    endSupportAccess: ({ ctx, params }) => endSupportAccess(ctx, params.supportAccessId),
    grantSupportAccess: ({ ctx, params, body }) => grantSupportAccess(ctx, params.supportAccessId, body),
    narrowSupportAccess: ({ ctx, params, body }) => narrowSupportAccess(ctx, params.supportAccessId, body),
  });
