import { type OrganizationId, PLATFORM } from '../../../../domain/ids.ts';
import { type ControlPlane, withinOrganization } from '../../../../domain/table/scope.ts';
import { memberClaims, membershipIn } from '../../../../domain/user/member-claims.ts';

/** The claims in a table, with unrestricted access. */
export function claimsOf(plane: ControlPlane) {
  const open = (organizationId: OrganizationId) => withinOrganization(plane, organizationId);
  return memberClaims(open(PLATFORM), membershipIn(open));
}
