import { PLATFORM } from '../../domain/ids.ts';
import { organizationRefusals } from '../../domain/organization/organization.refusals.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { OpenOrganization, OrganizationScope } from '../../domain/table/scope.ts';
import { openOrganizations, roleClient } from '../../domain/table/tables.ts';
import { stsExchangeToken } from '../../domain/table/tenant-credentials.ts';
import { log } from '../log.ts';
import { measureRequest } from '../metrics.ts';
import { httpSettings, organizationSettings, tenantSettings } from '../settings.ts';
import { dependenciesFor } from './dependencies.ts';
import { passOnTo, platformTo } from './forward.ts';
import { clerkSessions } from './identity.ts';
import { pipeline } from './pipeline.ts';
import { requireMember } from './read-member.ts';
import { resourcesFor } from './resources.ts';
import { activityNoter } from './steps/note-activity.ts';
import { tokenSessions } from './token-sessions.ts';

const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const settings = httpSettings();
const { SUPPORT_FUNCTION_NAME, MACHINES_FUNCTION_NAME, TENANT_SESSION_NAME } = organizationSettings();
const sessions = tokenSessions(stsExchangeToken(TENANT_ROLE_ARN, TENANT_SESSION_NAME));
const openTenant = openOrganizations(TABLE_NAME, sessions.assumeRole);
let platform: OrganizationScope | undefined;
/**
 * The platform under this function's own role, which can only claim users who accept an invitation; opened
 * on first use.
 */
const openPlatform = (): OrganizationScope => {
  platform ??= {
    organizationId: PLATFORM,
    ...roleClient(TABLE_NAME, [partitionPatterns.memberClaims, partitionPatterns.membersElsewhere]),
  };
  return platform;
};
const open: OpenOrganization = (id) => (id === PLATFORM ? openPlatform() : openTenant(id));

const dependencies = dependenciesFor(open, settings);

/**
 * The organization API for its own members. This function's role can't reach any organization: the caller's
 * token opens theirs.
 */
export const handler = pipeline({
  log,
  measure: measureRequest,
  forward: platformTo(SUPPORT_FUNCTION_NAME),
  passKeysOn: passOnTo(MACHINES_FUNCTION_NAME),
  noteActivity: activityNoter(),
  verify: sessions.offering(clerkSessions(settings)),
  rateLimitScope: ({ organizationId }) => (organizationId === undefined ? undefined : open(organizationId)),
  tenancy: {
    memberOf: async (caller, now) => {
      const { user, profile = null } = await requireMember(caller, dependencies, now);
      return { user, organization: profile };
    },
    enter: async (organizationId, { home }) => {
      if (home?.id !== organizationId) throw organizationRefusals.organization_not_found();
      return { scope: open(home.id), organization: home };
    },
  },
  supportStage: settings.SUPPORT_ACCESS,
  resources: resourcesFor(dependencies),
});
