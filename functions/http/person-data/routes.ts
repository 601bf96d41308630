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
    summary: 'Get the progress of the export of a person’s data',
    status: 200,
    params,
    response: PersonExport,
  },
  getPersonExportLink: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/person-data/{userId}/export/link',
    function: 'organization',
    access: { kind: 'organization', action: 'export', subject: 'PersonData' },
    summary: 'Get a URL to download a person’s data, valid for five minutes',
    status: 200,
    params,
    response: DataExportLink,
  },
  requestPersonExport: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/person-data/{userId}/export',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'PersonData' },
    summary: 'Request an export of all data about a person, also after their removal',
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
      'Get the progress of the erasure of a person’s data, by user ID or, once completed, by pseudonym',
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
      'Request or approve the erasure of a removed person’s identifying data; members request it for themselves',
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
