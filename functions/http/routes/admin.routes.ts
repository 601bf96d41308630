import * as z from 'zod';
import { OrganizationId } from '../../../domain/ids.ts';
import {
  NewOrganization,
  OrganizationListQuery,
  OrganizationPage,
  OrganizationWithCounts,
} from '../../../domain/organization/organization.schema.ts';
import type { Route } from './route.ts';

const params = z.strictObject({ organizationId: OrganizationId });

/** The super admin's routes: across organizations, under the control plane's credentials. */
export const adminRoutes = {
  listOrganizations: {
    method: 'GET',
    path: '/api/admin/organizations',
    function: 'admin',
    access: { kind: 'platform', action: 'list', subject: 'Organization' },
    summary: 'List organizations by name; `search` matches the beginning of the name',
    status: 200,
    query: OrganizationListQuery,
    response: OrganizationPage,
  },
  createOrganization: {
    method: 'POST',
    path: '/api/admin/organizations',
    function: 'admin',
    access: { kind: 'platform', action: 'create', subject: 'Organization' },
    summary: 'Create an organization and invite its first admin',
    status: 201,
    body: NewOrganization,
    response: OrganizationWithCounts,
  },
  getOrganization: {
    method: 'GET',
    path: '/api/admin/organizations/{organizationId}',
    function: 'admin',
    access: { kind: 'platform', action: 'read', subject: 'Organization' },
    summary: 'Read one organization with its counts',
    status: 200,
    params,
    response: OrganizationWithCounts,
  },
} as const satisfies Record<string, Route>;
