import { DataExportLink } from '../../../domain/departure/data-export.schema.ts';
import { PersonExport, personDataParams as params } from '../../../domain/person-data/person-data.schema.ts';
import type { Route } from '../route.ts';

/** What an organization holds about one person, for its admins and the person themself. */
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
} as const satisfies Record<string, Route>;
