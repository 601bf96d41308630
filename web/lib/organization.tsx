import { queryOptions } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import type { OrganizationId } from '../../domain/ids.ts';
import type { OrganizationSummary } from '../../domain/organization/organization.schema.ts';
import { organizationRoutes } from '../../functions/http/organization/routes.ts';
import type { CallApi } from './api.ts';

/** What every page of an organization knows of it. */
export const organizationSummaryQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: ['organization', organizationId],
    queryFn: ({ signal }) =>
      api(organizationRoutes.getOwnOrganization, { params: { organizationId }, signal }),
  });

const OrganizationContext = createContext<OrganizationSummary | null>(null);

export const OrganizationProvider = ({
  organization,
  children,
}: {
  organization: OrganizationSummary;
  children: ReactNode;
}) => <OrganizationContext value={organization}>{children}</OrganizationContext>;

/** The organization whose pages these are: one's own, or the one that a super admin visits. */
export function useOrganization(): OrganizationSummary {
  const organization = use(OrganizationContext);
  if (organization === null) throw new Error('There is no OrganizationProvider above.');
  return organization;
}
