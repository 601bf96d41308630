import { DataExportLink } from '../../../domain/departure/data-export.schema.ts';
import {
  Erasure,
  PersonExport,
  personDataParams as params,
} from '../../../domain/person-data/person-data.schema.ts';
import type { Route } from '../route.ts';

/** What an organization stores about one person, for its admins and the person themself. */
export const personDataRoutes = {
  getPersonExport: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/person-data/{userId}/export',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'PersonData' },
    summary: 'Get how far the export of a person’s data is',
    status: 200,
    params,
    response: PersonExport,
  },
  getPersonExportLink: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/person-data/{userId}/export/link',
    function: 'organization',
    access: { kind: 'organization', action: 'export', subject: 'PersonData' },
    summary: 'Get an address to download a person’s data from, valid for five minutes',
    status: 200,
    params,
    response: DataExportLink,
  },
  requestPersonExport: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/person-data/{userId}/export',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'PersonData' },
    summary: 'Request an export of all that the organization holds about a person, also after their removal',
    status: 202,
    refuses: ['conflict'],
    params,
    response: PersonExport,
  },
  getErasure: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/person-data/{userId}/erasure',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Erasure' },
    summary:
      'Get how far the erasure of a person’s data is, by their user ID or, once it’s over, their pseudonym',
    status: 200,
    params,
    response: Erasure,
  },
  requestErasure: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/person-data/{userId}/erasure',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'Erasure' },
    summary:
      'Request or approve the erasure of what identifies a person who was removed; members request it for themselves',
    status: 202,
    refuses: ['conflict'],
    params,
    response: Erasure,
  },
  withdrawErasure: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/person-data/{userId}/erasure/withdraw',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'Erasure' },
    summary: 'Withdraw a request for erasure that hasn’t been approved',
    status: 200,
    refuses: ['conflict'],
    params,
    response: Erasure,
  },
} as const satisfies Record<string, Route>;
