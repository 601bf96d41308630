import * as z from 'zod';
import { Me } from '../../../domain/access/me.schema.ts';
import { AuditListQuery, AuditPage } from '../../../domain/audit/audit.schema.ts';
import { InvitationId, OrganizationId, UserId } from '../../../domain/ids.ts';
import {
  Invitation,
  InvitationListQuery,
  InvitationPage,
  NewInvitation,
} from '../../../domain/invitation/invitation.schema.ts';
import { OrganizationSummary } from '../../../domain/organization/organization.schema.ts';
import { UsageList, UsageQuery } from '../../../domain/usage/usage.schema.ts';
import { User, UserChange, UserListQuery, UserPage } from '../../../domain/user/user.schema.ts';
import type { Route } from './route.ts';

const params = z.strictObject({ organizationId: OrganizationId });
const userParams = params.extend({ userId: UserId });
const invitationParams = params.extend({ invitationId: InvitationId });

/** An organization's routes: under credentials that see that organization only. */
export const organizationRoutes = {
  getMe: {
    method: 'GET',
    path: '/api/me',
    function: 'organization',
    access: { kind: 'identity' },
    summary: 'Who am I: user, organization, permission rules, landing path',
    status: 200,
    response: Me,
  },
  getOwnOrganization: {
    method: 'GET',
    path: '/api/organizations/{organizationId}',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Organization' },
    summary: 'Read an organization: admins all of it, others a summary',
    status: 200,
    params,
    response: OrganizationSummary.loose(),
  },
  listUsers: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/users',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'User' },
    summary: 'List the users of an organization',
    status: 200,
    params,
    query: UserListQuery,
    response: UserPage,
  },
  getUser: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/users/{userId}',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'User' },
    summary: 'Read one user',
    status: 200,
    params: userParams,
    response: User,
  },
  updateUser: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/users/{userId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'User' },
    summary: 'Give a user another role; the last admin keeps theirs',
    status: 200,
    params: userParams,
    body: UserChange,
    response: User,
  },
  removeUser: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/users/{userId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'User' },
    summary: 'Remove a user; they are refused from their next request on',
    status: 204,
    params: userParams,
  },
  listInvitations: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/invitations',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'Invitation' },
    summary: 'List invitations, newest first',
    status: 200,
    params,
    query: InvitationListQuery,
    response: InvitationPage,
  },
  createInvitation: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/invitations',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'Invitation' },
    summary: 'Invite a person by e-mail',
    status: 201,
    params,
    body: NewInvitation,
    response: Invitation,
  },
  resendInvitation: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/invitations/{invitationId}/resend',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Invitation' },
    summary: 'Send a pending or expired invitation again, with a new expiry',
    status: 200,
    params: invitationParams,
    response: Invitation,
  },
  revokeInvitation: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/invitations/{invitationId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'Invitation' },
    summary: 'Take back an open or expired invitation',
    status: 200,
    params: invitationParams,
    response: Invitation,
  },
  listUsage: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/usage',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'UsageSnapshot' },
    summary: 'Daily usage snapshots between two dates, oldest first',
    status: 200,
    params,
    query: UsageQuery,
    response: UsageList,
  },
  listAuditEntries: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/audit',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'AuditEntry' },
    summary: 'Audit entries, newest first',
    status: 200,
    params,
    query: AuditListQuery,
    response: AuditPage,
  },
} as const satisfies Record<string, Route>;
