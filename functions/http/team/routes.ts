import * as z from 'zod/mini';
import { TeamId, UserId } from '../../../domain/ids.ts';
import {
  AddedMembers,
  Membership,
  NewMembers,
  NewTeam,
  Team,
  TeamChange,
  TeamListQuery,
  TeamPage,
} from '../../../domain/team/team.schema.ts';
import { organizationParams as params, type Route } from '../route.ts';

const teamParams = z.extend(params, { teamId: TeamId });
const memberParams = z.extend(teamParams, { userId: UserId });

/**
 * An organization's teams. A team's ETag also covers its members; changes of members require it in
 * `If-Match`.
 */
export const teamRoutes = {
  listTeams: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/teams',
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'Team' },
    summary: 'List teams by name: admins see all, others the teams they’re in',
    status: 200,
    params,
    query: TeamListQuery,
    response: TeamPage,
  },
  createTeam: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/teams',
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'Team' },
    summary: 'Create a team, optionally with a lead',
    status: 201,
    refuses: ['already_exists', 'entitlement_exceeded'],
    params,
    body: NewTeam,
    response: Team,
  },
  getTeam: {
    method: 'GET',
    path: '/api/organizations/{organizationId}/teams/{teamId}',
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'Team', decides: 'handler' },
    summary: 'Get a team with its members',
    status: 200,
    params: teamParams,
    response: Team,
  },
  updateTeam: {
    method: 'PATCH',
    path: '/api/organizations/{organizationId}/teams/{teamId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'Team', decides: 'handler' },
    summary: 'Update a team’s name or description; `null` removes the description',
    status: 200,
    refuses: ['already_exists'],
    params: teamParams,
    body: TeamChange,
    response: Team,
  },
  deleteTeam: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/teams/{teamId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'Team', decides: 'handler' },
    summary: 'Delete a team without KPIs and with at most 30 members; its members stay users',
    status: 204,
    params: teamParams,
  },
  putTeamMember: {
    method: 'PUT',
    path: '/api/organizations/{organizationId}/teams/{teamId}/members/{userId}',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'TeamMember', decides: 'handler' },
    summary:
      'Add a user to a team or change their team role; a new lead replaces the current one; `promote` also changes a team member’s role to team lead',
    isSafetyAct: true,
    status: 200,
    params: memberParams,
    body: Membership,
    response: Team,
  },
  addTeamMembers: {
    method: 'POST',
    path: '/api/organizations/{organizationId}/teams/{teamId}/members',
    function: 'organization',
    access: { kind: 'organization', action: 'update', subject: 'TeamMember', decides: 'handler' },
    summary:
      'Add up to 25 users to a team as members, with a result for each; current members stay as they are',
    status: 200,
    params: teamParams,
    body: NewMembers,
    response: AddedMembers,
  },
  removeTeamMember: {
    method: 'DELETE',
    path: '/api/organizations/{organizationId}/teams/{teamId}/members/{userId}',
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'TeamMember', decides: 'handler' },
    summary: 'Remove a user from a team; if they lead it, the team has no lead',
    isSafetyAct: true,
    status: 200,
    params: memberParams,
    response: Team,
  },
} as const satisfies Record<string, Route>;
