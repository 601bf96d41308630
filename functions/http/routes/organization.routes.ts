import * as z from 'zod/mini';
import {
  OrganizationSummary,
  OwnOrganization,
  OwnOrganizationChange,
} from '../../../domain/organization/organization.schema.ts';
import { organizationParams as params } from './params.ts';
import type { Route } from './route.ts';

/** An organization's own profile. */
export const organizationRoutes = {
  getOwnOrganization: {
    method: 'GET',
    path: '/api/organizations/{organizationId}',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Organization' },
    summary: 'Read an organization: admins all of it, others a summary',
    status: 200,
    params,
    response: z.looseObject(OrganizationSummary.shape),
  },
  updateOwnOrganization: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Organization' },
    summary: 'Change the contact person or the allowed mail domains',
    status: 200,
    params,
    body: OwnOrganizationChange,
    response: OwnOrganization,
  },
} as const satisfies Record<string, Route>;
