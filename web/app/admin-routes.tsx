import { createRoute } from '@tanstack/react-router';
import { addressParameters } from '../lib/address.ts';
import { lazyPage } from './lazy-page.ts';
import { signedIn } from './routes.tsx';

const admin = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin',
  component: lazyPage(() => import('./super-admins-only.tsx'), 'SuperAdminsOnly'),
});

const dashboard = createRoute({
  getParentRoute: () => admin,
  path: '/dashboard',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/admin-dashboard.tsx'), 'AdminDashboard'),
});
const organizations = createRoute({
  getParentRoute: () => admin,
  path: '/organizations',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/organizations.tsx'), 'Organizations'),
});
const newOrganization = createRoute({
  getParentRoute: () => admin,
  path: '/organizations/new',
  component: lazyPage(() => import('./pages/new-organization.tsx'), 'NewOrganizationPage'),
});
const organizationDetail = createRoute({
  getParentRoute: () => admin,
  path: '/organizations/$organizationId',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/organization-detail.tsx'), 'OrganizationDetail'),
});

const analytics = createRoute({
  getParentRoute: () => admin,
  path: '/analytics',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/admin-analytics.tsx'), 'AdminAnalytics'),
});
const audit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/admin-audit.tsx'), 'AdminAudit'),
});
const usageRuns = createRoute({
  getParentRoute: () => admin,
  path: '/usage',
  component: lazyPage(() => import('./pages/usage-runs.tsx'), 'UsageRunsPage'),
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
