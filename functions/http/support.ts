import { OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { findOrganization } from '../../domain/organization/find-organization.ts';
import { organizationRefusals } from '../../domain/organization/organization.refusals.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { OpenOrganization, OrganizationScope } from '../../domain/table/scope.ts';
import { openOrganizations, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { approvals } from '../approvals/client.ts';
import { log } from '../log.ts';
import { measureRequest } from '../metrics.ts';
import { approvalsSettings, httpSettings, tenantSettings } from '../settings.ts';
import { dependenciesFor } from './dependencies.ts';
import { httpRefusals } from './http.refusals.ts';
import { clerkSessions } from './identity.ts';
import { pipeline } from './pipeline.ts';
import { requireMember } from './read-member.ts';
import { resourcesFor } from './resources.ts';
import type { Entered } from './steps/open-session.ts';

/**
 * Opens a customer's organization for a super admin, who isn't a member. This is the only place where that
 * happens, so every requirement of a visit is checked here, before the organization is read.
 */
async function enterOrganization(open: OpenOrganization, organizationId: string): Promise<Entered> {
  const id = OrganizationId.safeParse(organizationId);
  const scope = id.success && id.data !== PLATFORM ? open(id.data) : null;
  const organization = scope && (await findOrganization(scope));
  if (scope === null || organization === null) throw organizationRefusals.organization_not_found();
  return { scope, organization };
}

const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const settings = httpSettings();
const { platformVisits, memberClaims } = partitionPatterns;
/** The platform under this function's own role, which can look up super admins and record their visits. */
const platform: OrganizationScope = {
  organizationId: PLATFORM,
  ...roleClient(TABLE_NAME, [...Object.values(platformVisits).flat(), memberClaims]),
};
const openTenant = openOrganizations(TABLE_NAME, stsAssumeRole(TENANT_ROLE_ARN));
const open: OpenOrganization = (id) => (id === PLATFORM ? platform : openTenant(id));

const dependencies = {
  ...dependenciesFor(open, settings),
  approvals: approvals(approvalsSettings().APPROVALS_FUNCTION_NAME),
};

const verify = clerkSessions(settings);

/**
 * The organization API for super admins, whose requests the organization function forwards unchanged.
 * Trusts nothing that function has found out, and serves no one else.
 */
export const handler = pipeline({
  log,
  measure: measureRequest,
  verify: async (token) => {
    const identity = await verify(token);
    if (identity.organizationId !== PLATFORM) throw httpRefusals.not_a_super_admin();
    return identity;
  },
  rateLimitScope: () => platform,
  tenancy: {
    memberOf: async (caller, now) => ({
      user: (await requireMember(caller, dependencies, now)).user,
      organization: null,
    }),
    enter: (organizationId) => enterOrganization(open, organizationId),
  },
  supportStage: settings.SUPPORT_ACCESS,
  resources: resourcesFor(dependencies),
});
