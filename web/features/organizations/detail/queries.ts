import { queryOptions } from '@tanstack/react-query';
import type { OrganizationId } from '../../../../domain/ids.ts';
import { invitationRoutes } from '../../../../functions/http/invitation/routes.ts';
import { usageRoutes } from '../../../../functions/http/usage/routes.ts';
import { userRoutes } from '../../../../functions/http/user/routes.ts';
import type { CallApi } from '../../../lib/api.ts';
import { daysAgo } from '../../../lib/dates.ts';
import { peopleKey } from '../../../lib/queries.ts';

const shownAdmins = 5;

/** Some of an organization's admins, with the day of their last activity. */
export const adminsQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...peopleKey(organizationId), 'admins'],
    queryFn: async ({ signal }) =>
      (
        await api(userRoutes.listUsers, {
          params: { organizationId },
          query: { role: 'org_admin', include: 'lastActive', limit: shownAdmins },
          signal,
        })
      ).items,
  });

const readInvitations = 50;

/** The latest invitations. */
export const latestInvitationsQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...peopleKey(organizationId), 'latest-invitations'],
    queryFn: async ({ signal }) =>
      (
        await api(invitationRoutes.listInvitations, {
          params: { organizationId },
          query: { limit: readInvitations },
          signal,
        })
      ).items,
  });

/** The days shown in charts: 13 whole weeks. */
export const usageDays = 91;
const freshMilliseconds = 60_000;

/** An organization's figures per day. */
export const usageQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: ['usage', organizationId, 'days'],
    staleTime: freshMilliseconds,
    queryFn: async ({ signal }) => {
      const now = new Date();
      const query = { from: daysAgo(usageDays - 1, now), to: daysAgo(0, now) };
      return (await api(usageRoutes.listUsage, { params: { organizationId }, query, signal })).items;
    },
  });

/** A tab of an organization's page for the super admin. */
export const tabOfCustomer = (organizationId: OrganizationId, tab: string): string =>
  `/admin/organizations/${organizationId}?tab=${tab}`;
