import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import type { OrganizationId, UserId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import type { UserFilter, UserOrder } from '../../../domain/user/user.schema.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { kpiRoutes } from '../../../functions/http/kpi/routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { paging } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';
import { daysAgo } from '../../lib/dates.ts';
import type { Found, Wanted } from '../../lib/feature.ts';
import { kpisKey, peopleKey, trailsKey } from '../../lib/queries.ts';

const Lines = z.array(z.looseObject({ email: z.string() }));

/** The status and page size of a list of invitations. */
interface InvitationList {
  readonly status?: Invitation['status'];
  readonly limit: number;
}

/** Query parameters of the user list besides its filter. */
interface UserList extends UserFilter {
  readonly sort: UserOrder;
  readonly direction?: 'desc';
  readonly limit: number;
}

export const usersQuery = (api: CallApi, organizationId: OrganizationId, list: UserList) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...peopleKey(organizationId), 'users', list],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(userRoutes.listUsers, {
        params: { organizationId },
        query: { ...list, cursor, include: 'lastActive' },
        signal,
      }),
  });

export const userQuery = (api: CallApi, organizationId: OrganizationId, userId: UserId) =>
  queryOptions({
    queryKey: [...peopleKey(organizationId), 'users', userId],
    queryFn: ({ signal }) =>
      api(userRoutes.getUser, {
        params: { organizationId, userId },
        query: { include: 'lastActive' },
        signal,
      }),
  });

const mostKpis = 100;

/** The KPIs that a person owns or reports on, as far as the user may see them. */
export const kpisOfPersonQuery = (api: CallApi, organizationId: OrganizationId, userId: UserId) =>
  queryOptions({
    queryKey: [...kpisKey(organizationId), 'of-person', userId],
    queryFn: ({ signal }) =>
      api(kpiRoutes.listKpis, {
        params: { organizationId },
        query: { assigneeId: userId, limit: mostKpis },
        signal,
      }),
  });

/** How far back the audit log is searched for a person's actions. */
const furthestDays = 90;

/** A person's latest audit entries of one kind. */
export const entriesOfPersonQuery = (
  api: CallApi,
  organizationId: OrganizationId,
  filter: Pick<AuditFilter, 'actor' | 'action' | 'resource'>,
) =>
  queryOptions({
    queryKey: [...trailsKey, organizationId, 'of-person', filter],
    queryFn: ({ signal }) =>
      api(auditRoutes.listAuditEntries, {
        params: { organizationId },
        query: { ...filter, from: daysAgo(furthestDays, new Date()), limit: 10 },
        signal,
      }),
  });

export const invitationsQuery = (api: CallApi, organizationId: OrganizationId, list: InvitationList) =>
  infiniteQueryOptions({
    ...paging,
    queryKey: [...peopleKey(organizationId), 'invitations', list],
    queryFn: ({ pageParam: cursor, signal }) =>
      api(invitationRoutes.listInvitations, {
        params: { organizationId },
        query: { ...list, cursor },
        signal,
      }),
  });

/**
 * A preview of inviting a list of people. Changes nothing.
 * @param lines the request's list, as JSON
 */
export const invitationPreviewQuery = (api: CallApi, organizationId: OrganizationId, lines: string) =>
  queryOptions({
    queryKey: ['invitation-preview', organizationId, lines],
    queryFn: ({ signal }) =>
      api(invitationRoutes.inviteMany, {
        params: { organizationId },
        query: { dryRun: 'true' },
        body: { invitations: Lines.parse(JSON.parse(lines)) },
        signal,
      }),
    enabled: lines !== '[]',
    placeholderData: keepPreviousData,
    retry: false,
  });

const most = 6;

/** Finds people of an organization by parts of their name or email address. */
export async function findPeople({ api, organizationId, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(userRoutes.listUsers, {
    params: { organizationId },
    query: { search: words, limit: most },
    signal,
  });
  return items.map(({ userId, name, email }) => ({
    id: userId,
    label: name,
    hint: email,
    to: `/organizations/${organizationId}/users/${userId}`,
  }));
}
