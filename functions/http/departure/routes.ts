import { DataExport, DataExportLink } from '../../../domain/departure/data-export.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

/** The data export of a leaving organization. */
export const dataExportRoutes = {
  getDataExport: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/data-export',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'DataExport' },
    summary: 'Get the progress of a leaving organization’s export',
    status: 200,
    params,
    response: DataExport,
  },
  requestDataExport: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/data-export',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'DataExport' },
    summary: 'Request another export after the last one has expired or failed',
    status: 202,
    params,
    response: DataExport,
  },
  getDataExportLink: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/data-export/link',
    function: 'organization',
    access: { kind: 'organization', action: 'export', subject: 'DataExport' },
    summary: 'Get a URL to download the export, valid for five minutes',
    status: 200,
    params,
    response: DataExportLink,
  },
} as const satisfies Record<string, Route>;
