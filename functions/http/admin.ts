import { PLATFORM } from '../../domain/ids.ts';
import { organizationRefusals } from '../../domain/organization/organization.refusals.ts';
import { platformScope } from '../../domain/table/scope.ts';
import { openControlPlane } from '../../domain/table/tables.ts';
import { findUser } from '../../domain/user/find-user.ts';
import { approvals } from '../approvals/client.ts';
import { identityProvider } from '../clerk/identity-provider.ts';
import { log } from '../log.ts';
import { measureRequest } from '../metrics.ts';
import { adminSettings, httpSettings } from '../settings.ts';
import type { AdminDependencies } from './dependencies.ts';
import { httpRefusals } from './http.refusals.ts';
import { clerkSessions } from './identity.ts';
import { batchPager, pager } from './paging.ts';
import { pipeline } from './pipeline.ts';

const { TABLE_NAME, USAGE_FUNCTION_NAME, APPROVALS_FUNCTION_NAME, DRIFT_FUNCTION_NAME } = adminSettings();
const settings = httpSettings();
const plane = openControlPlane(TABLE_NAME);
const platform = platformScope(plane);

const dependencies: AdminDependencies = {
  plane,
  approvals: approvals(APPROVALS_FUNCTION_NAME),
  usageFunction: USAGE_FUNCTION_NAME,
  driftFunction: DRIFT_FUNCTION_NAME,
  page: pager(settings.CURSOR_SECRET_ID),
  batch: batchPager(settings.CURSOR_SECRET_ID),
  provider: identityProvider(settings.CLERK_GATEWAY_NAME),
  supportStage: settings.SUPPORT_ACCESS,
};

const figures = async () =>
  (await import('./analytics/platform-handlers.ts')).platformAnalytics(dependencies);

/**
 * The admin API: for members of the platform. This function's role can only read memberships of the
 * platform.
 */
export const handler = pipeline({
  log,
  measure: measureRequest,
  verify: clerkSessions(settings),
  rateLimitScope: () => platform,
  tenancy: {
    memberOf: async ({ identity }) => {
      const user = await findUser(platform, identity.userId);
      if (user?.status !== 'active') throw httpRefusals.not_a_super_admin();
      return { user, organization: null };
    },
    enter: async (organizationId) => {
      if (organizationId !== PLATFORM) throw organizationRefusals.organization_not_found();
      return { scope: platform, organization: null };
    },
  },
  supportStage: settings.SUPPORT_ACCESS,
  resources: {
    organizations: async () =>
      (await import('./organization/platform-handlers.ts')).organizations(dependencies),
    audit: async () => (await import('./audit/platform-handlers.ts')).platformAudit(dependencies),
    approvals: async () => (await import('./approval/handlers.ts')).approval(dependencies),
    departures: async () => (await import('./departure/platform-handlers.ts')).departures(dependencies),
    drift: async () => (await import('./drift/handlers.ts')).drift(dependencies),
    analytics: figures,
    usage: figures,
  },
});
