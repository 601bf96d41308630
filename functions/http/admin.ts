import { AppError } from '../../domain/errors.ts';
import { platformScope } from '../../domain/table/scope.ts';
import { openControlPlane } from '../../domain/table/tables.ts';
import { findUser } from '../../domain/user/user.service.ts';
import { identityProvider } from '../clerk/identity-provider.ts';
import { log } from '../log.ts';
import { adminSettings, httpSettings } from '../settings.ts';
import { required } from './exchange.ts';
import { clerkKeys, sessionVerifier } from './identity.ts';
import { pager, stretchPager } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { pipeline } from './pipeline.ts';

const { TABLE_NAME, USAGE_FUNCTION_NAME } = adminSettings();
const settings = httpSettings();
const plane = openControlPlane(TABLE_NAME);
const platform = platformScope(plane);

const parts: AdminParts = {
  plane,
  usageFunction: USAGE_FUNCTION_NAME,
  page: pager(settings.CURSOR_SECRET_ID),
  stretch: stretchPager(settings.CURSOR_SECRET_ID),
  provider: identityProvider(settings.CLERK_GATEWAY_NAME),
};

const figures = async () => (await import('./handlers/platform-analytics.ts')).platformAnalytics(parts);

/**
 * The admin API: for members of the platform, whose membership is the only one this function's role can read.
 */
export const handler = pipeline({
  log,
  verify: sessionVerifier({
    issuer: settings.CLERK_ISSUER,
    authorizedParties: settings.AUTHORIZED_PARTIES,
    keys: clerkKeys(settings.CLERK_ISSUER),
  }),
  share: () => platform,
  tenancy: {
    member: async (exchange) => {
      const { userId } = required(exchange.identity, 'identity');
      const user = await findUser(platform, userId);
      if (user?.status !== 'active')
        throw new AppError('forbidden', 'Only the platform’s super admin may do this.');
      exchange.scope = platform;
      return { user };
    },
    enter: () => Promise.reject(new AppError('not_found', 'There is no such organization.')),
  },
  nouns: {
    organizations: async () => (await import('./handlers/organizations.ts')).organizations(parts),
    audit: async () => (await import('./handlers/audit-feed.ts')).auditFeedNoun(parts),
    analytics: figures,
    usage: figures,
  },
});
