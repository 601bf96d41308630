import { OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { findOrganization } from '../../domain/organization/find-organization.ts';
import { organizationRefusals } from '../../domain/organization/organization.refusals.ts';
import type { OpenOrganization } from '../../domain/table/scope.ts';
import type { Entered } from './steps/open-session.ts';

/**
 * Opens a customer's organization for a super admin, who is no member of it. The only place where that is
 * done: whatever a visit has to fulfil is asked here, before the organization is read.
 */
export async function enterOrganization(open: OpenOrganization, organizationId: string): Promise<Entered> {
  const id = OrganizationId.safeParse(organizationId);
  const scope = id.success && id.data !== PLATFORM ? open(id.data) : null;
  const organization = scope && (await findOrganization(scope));
  if (scope === null || organization === null) throw organizationRefusals.organization_not_found();
  return { scope, organization };
}
