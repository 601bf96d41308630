import { createRoute } from '@tanstack/react-router';
import { addressParameters } from '../lib/address.ts';
import { lazyPage } from './lazy-page.ts';
import { signedIn } from './routes.tsx';

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$organizationId',
  component: lazyPage(() => import('./organization-layout.tsx'), 'OrganizationLayout'),
});

const home = createRoute({
  getParentRoute: () => organization,
  path: '/',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/organization-home.tsx'), 'OrganizationHome'),
});
const users = createRoute({
  getParentRoute: () => organization,
  path: '/users',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/users.tsx'), 'UsersPage'),
});
const invitations = createRoute({
  getParentRoute: () => organization,
  path: '/invitations',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/invitations.tsx'), 'InvitationsPage'),
});
const teams = createRoute({
  getParentRoute: () => organization,
  path: '/teams',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/teams.tsx'), 'TeamsPage'),
});
const team = createRoute({
  getParentRoute: () => organization,
  path: '/teams/$teamId',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/team.tsx'), 'TeamPage'),
});
const kpis = createRoute({
  getParentRoute: () => organization,
  path: '/kpis',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/kpis.tsx'), 'KpisPage'),
});
const kpi = createRoute({
  getParentRoute: () => organization,
  path: '/kpis/$kpiId',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/kpi.tsx'), 'KpiPage'),
});
const analytics = createRoute({
  getParentRoute: () => organization,
  path: '/analytics',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/organization-analytics.tsx'), 'OrganizationAnalytics'),
});
const audit = createRoute({
  getParentRoute: () => organization,
  path: '/audit',
  validateSearch: addressParameters,
  component: lazyPage(() => import('./pages/organization-audit.tsx'), 'OrganizationAudit'),
});
const settings = createRoute({
  getParentRoute: () => organization,
  path: '/settings',
  component: lazyPage(() => import('./pages/organization-settings.tsx'), 'OrganizationSettings'),
});

/** An organization's own pages; a super admin may visit them. */
export const organizationRoutes = organization.addChildren([
  home,
  users,
  invitations,
  teams,
  team,
  kpis,
  kpi,
  analytics,
  audit,
  settings,
]);
