import { beginDeletion } from '../../../domain/departure/begin-deletion.ts';
import { beginDeparture } from '../../../domain/departure/begin-departure.ts';
import { departureProgress, departuresAfter } from '../../../domain/departure/find-departure.ts';
import { undoDeparture } from '../../../domain/departure/undo-departure.ts';
import { OrganizationId } from '../../../domain/ids.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { departureRoutes } from './platform-routes.ts';

/** Departures of organizations, for the super admin. */
export const departures = ({ plane, page, approvals }: AdminDependencies) =>
  resource(departureRoutes, {
    listDepartures: ({ ctx, query }) =>
      page({
        ctx,
        route: 'listDepartures',
        query,
        parse: (text) => OrganizationId.parse(text),
        positionOf: ({ organizationId }) => organizationId,
        after: (position, limit) => departuresAfter(ctx.scope, position, limit),
      }),
    getDeparture: ({ ctx, params }) => departureProgress(ctx.scope, params.organizationId),
    beginDeparture: ({ ctx, body }) => beginDeparture(ctx, body, plane),
    deleteOrganizationData: ({ ctx, params: { organizationId }, body: { approvalId }, event }) =>
      beginDeletion(ctx, { organizationId, approvalId }, approvals.begin({ ctx, event })),
    undoDeparture: ({ ctx, params }) => undoDeparture(ctx, params.organizationId, plane),
  });
