import * as z from 'zod/mini';
import {
  OrganizationSummary,
  OwnOrganization,
  OwnOrganizationChange,
} from '../../../domain/organization/organization.schema.ts';
import { Organization } from '../../../domain/organization/profile.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

/** An organization's own profile. */
export const organizationRoutes = {
  getOwnOrganization: {
    method: 'GET',
    path: '/api/organizations/{organizationId}',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Organization' },
    summary:
      'Get an organization: super admins see everything, its admins the profile, other members a summary',
    status: 200,
    params,
    // Most specific variant first, since clients try them in order.
    response: z.union([Organization, OwnOrganization, OrganizationSummary]),
  },
  updateOwnOrganization: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Organization' },
    summary: 'Update the contact, the allowed email domains or email reminders',
    status: 200,
    params,
    body: OwnOrganizationChange,
    response: OwnOrganization,
  },
} as const satisfies Record<string, Route>;
