import * as z from 'zod/mini';
import { InvitationId } from '../../../domain/ids.ts';
import {
  BulkInvitation,
  BulkInvitationQuery,
  BulkResult,
  Invitation,
  InvitationListQuery,
  InvitationPage,
  NewInvitation,
} from '../../../domain/invitation/invitation.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

const invitationParams = z.extend(params, { invitationId: InvitationId });

export const invitationRoutes = {
  listInvitations: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/invitations',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'Invitation' },
    summary:
      'List invitations, newest first; team leads see those for their teams. With `status`, a page may be shorter than `limit` although more follow',
    status: 200,
    params,
    query: InvitationListQuery,
    response: InvitationPage,
  },
  createInvitation: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/invitations',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'Invitation', decides: 'handler' },
    summary: 'Invite a person by email; team leads can invite team members to their own team',
    status: 201,
    refuses: ['already_exists', 'entitlement_exceeded'],
    params,
    body: NewInvitation,
    response: Invitation,
  },
  inviteMany: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/invitations/bulk',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'Invitation', decides: 'handler' },
    summary:
      'Invite up to 100 people at once, with a result for each line; `dryRun=true` only previews the results',
    status: 200,
    params,
    query: BulkInvitationQuery,
    body: BulkInvitation,
    response: BulkResult,
  },
  resendInvitation: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/invitations/{invitationId}/resend',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Invitation', decides: 'handler' },
    summary: 'Resend a pending or expired invitation with a new expiry date; team leads for their own team',
    status: 200,
    refuses: ['already_exists', 'entitlement_exceeded'],
    params: invitationParams,
    response: Invitation,
  },
  revokeInvitation: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/invitations/{invitationId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'Invitation', decides: 'handler' },
    summary: 'Revoke a pending or expired invitation; team leads for their own team',
    isSafetyAct: true,
    status: 200,
    params: invitationParams,
    response: Invitation,
  },
} as const satisfies Record<string, Route>;
