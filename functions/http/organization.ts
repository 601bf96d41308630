import { AppError } from '../../domain/errors.ts';
import { OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { findOrganization } from '../../domain/organization/organization.service.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { OpenOrganization, OrganizationScope } from '../../domain/table/scope.ts';
import { openOrganizations, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { identityProvider } from '../clerk/identity-provider.ts';
import { log } from '../log.ts';
import { httpSettings, tenantSettings } from '../settings.ts';
import { activityNoter } from './activity.ts';
import { required } from './exchange.ts';
import { clerkKeys, sessionVerifier } from './identity.ts';
import { requireMembership } from './membership.ts';
import { pager, stretchPager } from './paging.ts';
import type { OrganizationParts } from './parts.ts';
import { pipeline } from './pipeline.ts';

const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const settings = httpSettings();
const openTenant = openOrganizations(TABLE_NAME, stsAssumeRole(TENANT_ROLE_ARN));
let platform: OrganizationScope | undefined;
/**
 * The platform under this function's own role, which can look super admins up and note that they came: made
 * for the first of them.
 */
const openPlatform = (): OrganizationScope => {
  platform ??= {
    organizationId: PLATFORM,
    ...roleClient(TABLE_NAME, Object.values(partitionPatterns.platformVisits).flat()),
  };
  return platform;
};
const open: OpenOrganization = (id) => (id === PLATFORM ? openPlatform() : openTenant(id));

const parts: OrganizationParts = {
  open,
  page: pager(settings.CURSOR_SECRET_ID),
  stretch: stretchPager(settings.CURSOR_SECRET_ID),
  provider: identityProvider(settings.CLERK_GATEWAY_NAME),
};

const figures = async () => (await import('./handlers/analytics.ts')).analytics();

/**
 * The organizations' API: this function's own role reaches no tenant data; each request opens one
 * organization.
 */
export const handler = pipeline({
  log,
  note: activityNoter(),
  verify: sessionVerifier({
    issuer: settings.CLERK_ISSUER,
    authorizedParties: settings.AUTHORIZED_PARTIES,
    keys: clerkKeys(settings.CLERK_ISSUER),
  }),
  share: ({ organizationId }) => (organizationId === undefined ? undefined : open(organizationId)),
  tenancy: {
    member: async (exchange) => {
      const identity = required(exchange.identity, 'identity');
      const actor = required(exchange.actor, 'actor');
      const { user, profile } = await requireMembership(identity, parts, actor, exchange.now);
      return { user, organization: profile };
    },
    enter: async (exchange, organizationId) => {
      const id = OrganizationId.safeParse(organizationId);
      const scope = id.success && id.data !== PLATFORM ? open(id.data) : null;
      const { home } = exchange;
      const organization = scope && (home?.id === organizationId ? home : await findOrganization(scope));
      if (scope === null || organization === null)
        throw new AppError('not_found', 'There is no such organization.');
      Object.assign(exchange, { scope, organization });
    },
  },
  nouns: {
    'openapi.json': async () => (await import('./handlers/reference.ts')).reference(),
    docs: async () => (await import('./handlers/reference.ts')).reference(),
    me: async () => (await import('./handlers/me.ts')).me(parts),
    organizations: async () => (await import('./handlers/organization.ts')).organization(),
    users: async () => (await import('./handlers/users.ts')).users(parts),
    invitations: async () => (await import('./handlers/invitations.ts')).invitations(parts),
    teams: async () => (await import('./handlers/teams.ts')).teams(parts),
    kpis: async () => (await import('./handlers/kpis.ts')).kpis(parts),
    'check-ins': async () => (await import('./handlers/check-ins.ts')).checkIns(parts),
    analytics: figures,
    dashboard: figures,
    onboarding: figures,
    usage: async () => (await import('./handlers/usage.ts')).usage(),
    access: async () => (await import('./handlers/access.ts')).access(),
    audit: async () => (await import('./handlers/audit.ts')).audit(parts),
  },
});
