import type { OrganizationId } from '../../../../domain/ids.ts';

/** A tab of an organization's page for the super admin. */
export const tabOfCustomer = (organizationId: OrganizationId, tab: string): string =>
  `/admin/organizations/${organizationId}?tab=${tab}`;
