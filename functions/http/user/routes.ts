import * as z from 'zod/mini';
import { UserId } from '../../../domain/ids.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import {
  UserChange,
  UserListQuery,
  UserPage,
  UserQuery,
  UserRemoval,
} from '../../../domain/user/user.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

const userParams = z.extend(params, { userId: UserId });

export const userRoutes = {
  listUsers: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/users',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'User' },
    summary:
      'List users by role, status, team, or words in name or email; team leads see those in their teams',
    status: 200,
    params,
    query: UserListQuery,
    response: UserPage,
  },
  getUser: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/users/{userId}',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'User', decides: 'handler' },
    summary: 'Get a user: admins see everyone, team leads the users in their teams, everyone themselves',
    status: 200,
    params: userParams,
    query: UserQuery,
    response: User,
  },
  updateUser: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/users/{userId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'User' },
    summary:
      'Change a user’s role, or deactivate or reactivate them; the last admin must stay an active admin',
    isSafetyAct: true,
    status: 200,
    refuses: ['last_admin'],
    params: userParams,
    body: UserChange,
    response: User,
  },
  removeUser: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/users/{userId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'User' },
    summary: 'Remove a user from the organization and its teams; they lose access immediately',
    isSafetyAct: true,
    status: 200,
    refuses: ['last_admin'],
    params: userParams,
    response: UserRemoval,
  },
} as const satisfies Record<string, Route>;
