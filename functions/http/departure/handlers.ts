import { beginDeparture } from '../../../domain/departure/begin-departure.ts';
import { departuresAfter, requireDeparture } from '../../../domain/departure/find-departure.ts';
import { undoDeparture } from '../../../domain/departure/undo-departure.ts';
import { OrganizationId } from '../../../domain/ids.ts';
import type { AdminDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { departureRoutes } from './routes.ts';

/** How organizations leave, for the super admin. */
export const departures = ({ plane, page }: AdminDependencies) =>
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
    getDeparture: ({ ctx, params }) => requireDeparture(ctx.scope, params.organizationId),
    beginDeparture: ({ ctx, body }) => beginDeparture(ctx, body, plane),
    undoDeparture: ({ ctx, params }) => undoDeparture(ctx, params.organizationId, plane),
  });
