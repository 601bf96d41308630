import { PLATFORM } from '../../domain/ids.ts';
import { organizationRefusals } from '../../domain/organization/organization.refusals.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { OpenOrganization, OrganizationScope } from '../../domain/table/scope.ts';
import { openOrganizations, roleClient } from '../../domain/table/tables.ts';
import { stsExchangeToken } from '../../domain/table/tenant-credentials.ts';
import { identityProvider } from '../clerk/identity-provider.ts';
import { log } from '../log.ts';
import { measureRequest } from '../metrics.ts';
import {
  httpSettings,
  organizationSettings,
  outgoingWebhooks,
  personDataFunctions,
  sendsMail,
  tenantSettings,
  trailSettings,
} from '../settings.ts';
import type { OrganizationDependencies } from './dependencies.ts';
import { passOnTo, platformTo } from './forward.ts';
import { clerkKeys, sessionVerifier } from './identity.ts';
import { batchPager, pager } from './paging.ts';
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

const dependencies: OrganizationDependencies = {
  open,
  page: pager(settings.CURSOR_SECRET_ID),
  batch: batchPager(settings.CURSOR_SECRET_ID),
  provider: identityProvider(settings.CLERK_GATEWAY_NAME),
  checkpointsFunction: trailSettings().CHECKPOINTS_FUNCTION_NAME,
  personData: personDataFunctions(),
  supportStage: settings.SUPPORT_ACCESS,
  stage: settings.STAGE,
  sendsMail: sendsMail(),
  webhooks: outgoingWebhooks(),
};

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
  verify: sessions.offering(
    sessionVerifier({
      issuer: settings.CLERK_ISSUER,
      authorizedParties: settings.AUTHORIZED_PARTIES,
      keys: clerkKeys(settings.CLERK_ISSUER),
    }),
  ),
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
