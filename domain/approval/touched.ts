import { requireOrganization } from '../organization/find-organization.ts';
import { requireSupportAccess } from '../support-access/find-support-access.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { ownerOfEmail } from '../user/user-writes.ts';
import type { Requested } from './kinds.schema.ts';

/**
 * The present revision of each thing that a request is about, by its name; an approval is void once one of
 * them has moved. Of an address: 0 while it is free, 1 once somebody has it. Throws `not_found` for a thing
 * that is gone.
 */
export async function touchedBy(
  plane: ControlPlane,
  { kind, input }: Requested,
): Promise<Readonly<Record<string, number>>> {
  switch (kind) {
    case 'super-admin.create': {
      const owner = await ownerOfEmail(platformScope(plane), input.email);
      return { [`email/${input.email}`]: owner === undefined ? 0 : 1 };
    }
    // The trail only grows, and the export names its period.
    case 'audit-feed.export':
      return {};
    case 'support-access.extend': {
      const { organizationId, supportAccessId } = input;
      const access = await requireSupportAccess(withinOrganization(plane, organizationId), supportAccessId);
      return { [`support-access/${supportAccessId}`]: access.revision };
    }
    case 'organization.remove-data': {
      const { organizationId } = input;
      const { revision } = await requireOrganization(withinOrganization(plane, organizationId));
      return { [`organization/${organizationId}`]: revision };
    }
  }
}
