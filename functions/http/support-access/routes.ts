import * as z from 'zod/mini';
import { SupportAccessId } from '../../../domain/ids.ts';
import {
  CurrentSupportAccess,
  NewSupportAccess,
  SupportAccess,
  SupportAccessPage,
  SupportAccessQuery,
  SupportExtension,
  SupportGrant,
  SupportNarrowing,
  SupportView,
} from '../../../domain/support-access/support-access.schema.ts';
import { organizationParams, type Route } from '../route.ts';

const path = '/api/organizations/{organizationId}/support-access';
const common = { function: 'organization', params: organizationParams } as const;
const ofOne = {
  function: 'organization',
  params: z.extend(organizationParams, { supportAccessId: SupportAccessId }),
} as const;

/** Support access to an organization, for super admins and the organization's admins. */
export const supportAccessRoutes = {
  listSupportAccess: {
    ...common,
    method: 'GET',
    path,
    access: { kind: 'organization', action: 'list', subject: 'SupportAccess' },
    summary: 'List current and past support access, newest first',
    status: 200,
    query: SupportAccessQuery,
    response: SupportAccessPage,
  },
  getCurrentSupportAccess: {
    ...common,
    method: 'GET',
    path: `${path}/current`,
    access: { kind: 'organization', action: 'read', subject: 'SupportAccess' },
    summary: 'Get the caller’s support access and its permissions',
    status: 200,
    response: CurrentSupportAccess,
  },
  openSupportAccess: {
    ...common,
    method: 'POST',
    path,
    access: { kind: 'organization', action: 'create', subject: 'SupportAccess' },
    summary: 'Open support access with a reason and a duration, or request it where an admin must grant it',
    status: 201,
    body: NewSupportAccess,
    example: { reason: 'Ticket 4711: the churn KPI shows no value.', minutes: 60, mode: 'read' },
    response: SupportAccess,
  },
  extendSupportAccess: {
    ...ofOne,
    method: 'POST',
    path: `${path}/{supportAccessId}/extend`,
    access: { kind: 'organization', action: 'update', subject: 'SupportAccess' },
    summary: 'Extend the caller’s support access, with a reason; more than 8 hours in total need an approval',
    status: 200,
    refuses: ['approval_required'],
    body: SupportExtension,
    example: { reason: 'The cause isn’t found yet.', minutes: 60 },
    response: SupportAccess,
  },
  viewAsUser: {
    ...ofOne,
    method: 'POST',
    path: `${path}/{supportAccessId}/view-as`,
    access: { kind: 'organization', action: 'update', subject: 'SupportAccess' },
    summary: 'View the organization as one of its users, read-only; `null` ends it',
    status: 200,
    body: SupportView,
    example: { userId: 'user_2xA9kLmP0qRsTuVwXyZ' },
    response: SupportAccess,
  },
  endSupportAccess: {
    ...ofOne,
    method: 'POST',
    path: `${path}/{supportAccessId}/end`,
    access: { kind: 'organization', action: 'delete', subject: 'SupportAccess' },
    summary: 'End support access, or decline or withdraw a request for it',
    status: 200,
    isSafetyAct: true,
    response: SupportAccess,
  },
  grantSupportAccess: {
    ...ofOne,
    method: 'POST',
    path: `${path}/{supportAccessId}/grant`,
    access: { kind: 'organization', action: 'create', subject: 'SupportConsent' },
    summary: 'Grant requested support access, or less than was requested',
    status: 200,
    body: SupportGrant,
    example: { minutes: 30 },
    response: SupportAccess,
  },
  narrowSupportAccess: {
    ...ofOne,
    method: 'POST',
    path: `${path}/{supportAccessId}/narrow`,
    access: { kind: 'organization', action: 'update', subject: 'SupportConsent' },
    summary: 'Shorten open support access, or limit it to reading',
    status: 200,
    isSafetyAct: true,
    body: SupportNarrowing,
    example: { mode: 'read' },
    response: SupportAccess,
  },
} as const satisfies Record<string, Route>;
