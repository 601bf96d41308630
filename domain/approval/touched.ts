import { requireOrganization } from '../organization/find-organization.ts';
import { requireSupportAccess } from '../support-access/find-support-access.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { ownerOfEmail } from '../user/user-writes.ts';
import type { Requested } from './kinds.schema.ts';

/**
 * The current revision of each item that a request refers to, by name; an approval becomes void once one
 * has changed. For an email address: 0 while it is free, 1 once it is taken. Throws `not_found` if an item
 * was deleted.
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
    // The audit log only grows, and the export has a fixed period.
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
