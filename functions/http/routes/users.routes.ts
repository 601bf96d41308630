import * as z from 'zod/mini';
import { UserId } from '../../../domain/ids.ts';
import { User, UserChange, UserListQuery, UserPage } from '../../../domain/user/user.schema.ts';
import { organizationParams as params } from './params.ts';
import type { Route } from './route.ts';

const userParams = z.extend(params, { userId: UserId });

/** An organization's users. */
export const userRoutes = {
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
} as const satisfies Record<string, Route>;
