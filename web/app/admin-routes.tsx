import { createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { PLATFORM } from '../../domain/ids.ts';
import { may } from '../lib/access.ts';
import { addressParameters } from '../lib/address.ts';
import { useMember } from '../lib/me.tsx';
import { useTexts } from '../text/language.tsx';
import { Forbidden } from './pages/forbidden.tsx';
import { signedIn } from './routes.tsx';

/** Decided before a page is loaded: nothing is asked of the server that it would refuse. */
function SuperAdminsOnly() {
  const { errors } = useTexts();
  return may(useMember(), 'list', 'Organization', PLATFORM) ? (
    <Outlet />
  ) : (
    <Forbidden who={errors.superAdmins} />
  );
}

const admin = createRoute({ getParentRoute: () => signedIn, path: '/admin', component: SuperAdminsOnly });

const dashboard = createRoute({
  getParentRoute: () => admin,
  path: '/dashboard',
  validateSearch: addressParameters,
  component: lazyRouteComponent(() => import('./pages/admin-dashboard.tsx'), 'AdminDashboard'),
});
const organizations = createRoute({
  getParentRoute: () => admin,
  path: '/organizations',
  validateSearch: addressParameters,
  component: lazyRouteComponent(() => import('./pages/organizations.tsx'), 'Organizations'),
});
const newOrganization = createRoute({
  getParentRoute: () => admin,
  path: '/organizations/new',
  component: lazyRouteComponent(() => import('./pages/new-organization.tsx'), 'NewOrganizationPage'),
});
const organizationDetail = createRoute({
  getParentRoute: () => admin,
  path: '/organizations/$organizationId',
  validateSearch: addressParameters,
  component: lazyRouteComponent(() => import('./pages/organization-detail.tsx'), 'OrganizationDetail'),
});

const analytics = createRoute({
  getParentRoute: () => admin,
  path: '/analytics',
  validateSearch: addressParameters,
  component: lazyRouteComponent(() => import('./pages/admin-analytics.tsx'), 'AdminAnalytics'),
});
const audit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  validateSearch: addressParameters,
  component: lazyRouteComponent(() => import('./pages/admin-audit.tsx'), 'AdminAudit'),
});
const usageRuns = createRoute({
  getParentRoute: () => admin,
  path: '/usage',
  component: lazyRouteComponent(() => import('./pages/usage-runs.tsx'), 'UsageRunsPage'),
});

/** The super admin's pages. */
export const adminRoutes = admin.addChildren([
  dashboard,
  organizations,
  newOrganization,
  organizationDetail,
  analytics,
  audit,
  usageRuns,
]);
