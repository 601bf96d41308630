import * as z from 'zod';
import { OrganizationId } from '../../../domain/ids.ts';
import {
  Deactivation,
  NewOrganization,
  Organization,
  OrganizationChange,
  OrganizationListQuery,
  OrganizationPage,
  OrganizationWithCounts,
  PlanChange,
  PlanChangeQuery,
} from '../../../domain/organization/organization.schema.ts';
import { SubscriptionInput } from '../../../domain/subscription/subscription.schema.ts';
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
  updateOrganization: {
    method: 'PATCH',
    path: '/api/admin/organizations/{organizationId}',
    function: 'admin',
    access: { kind: 'platform', action: 'update', subject: 'Organization' },
    summary: 'Change the name or the contact person',
    status: 200,
    params,
    body: OrganizationChange,
    response: Organization,
  },
  deactivateOrganization: {
    method: 'POST',
    path: '/api/admin/organizations/{organizationId}/deactivate',
    function: 'admin',
    access: { kind: 'platform', action: 'update', subject: 'Organization' },
    summary: 'Suspend an organization, with the reason; its people are refused from their next request on',
    status: 200,
    params,
    body: Deactivation,
    response: Organization,
  },
  reactivateOrganization: {
    method: 'POST',
    path: '/api/admin/organizations/{organizationId}/reactivate',
    function: 'admin',
    access: { kind: 'platform', action: 'update', subject: 'Organization' },
    summary: 'Serve a suspended organization again',
    status: 200,
    params,
    response: Organization,
  },
  changeSubscription: {
    method: 'PUT',
    path: '/api/admin/organizations/{organizationId}/subscription',
    function: 'admin',
    access: { kind: 'platform', action: 'update', subject: 'Organization' },
    summary: 'Change plan, start or end; `dryRun=true` only lists what would exceed the plan',
    status: 200,
    params,
    query: PlanChangeQuery,
    body: SubscriptionInput,
    response: PlanChange,
  },
} as const satisfies Record<string, Route>;
