import {
  Departure,
  DepartureListQuery,
  DeparturePage,
  departureParams,
  NewDeparture,
} from '../../../domain/departure/departure.schema.ts';
import type { Route } from '../route.ts';

/** How organizations leave. */
export const departureRoutes = {
  listDepartures: {
    method: 'GET',
    path: '/api/admin/departures',
    function: 'admin',
    access: { kind: 'platform', action: 'list', subject: 'Departure' },
    summary: 'List organizations that are leaving, have left, or stayed after all',
    status: 200,
    query: DepartureListQuery,
    response: DeparturePage,
  },
  getDeparture: {
    method: 'GET',
    path: '/api/admin/departures/{organizationId}',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Departure' },
    summary: 'Get how far an organization’s departure is, and at its end the certificate of deletion',
    status: 200,
    params: departureParams,
    response: Departure,
  },
  beginDeparture: {
    method: 'POST',
    path: '/api/admin/departures',
    function: 'admin',
    access: { kind: 'platform', action: 'create', subject: 'Departure' },
    summary: 'Begin an organization’s departure: it’s frozen, exported, and has days of grace',
    status: 201,
    refuses: ['already_exists', 'not_found'],
    body: NewDeparture,
    response: Departure,
  },
  undoDeparture: {
    method: 'POST',
    path: '/api/admin/departures/{organizationId}/undo',
    function: 'admin',
    access: { kind: 'platform', action: 'update', subject: 'Departure' },
    isSafetyAct: true,
    summary: 'Undo a departure, until the deletion has begun',
    status: 200,
    params: departureParams,
    response: Departure,
  },
} as const satisfies Record<string, Route>;
