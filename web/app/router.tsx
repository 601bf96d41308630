import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import * as z from 'zod/mini';
import { PLATFORM } from '../../domain/ids.ts';
import { Loading } from '../components/states.tsx';
import { may } from '../lib/access.ts';
import { useMember } from '../lib/me.tsx';
import type { Session } from '../lib/session.tsx';
import { Forbidden, NotFound } from './pages/forbidden.tsx';

const root = createRootRouteWithContext<{ readonly session: Session }>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignIn'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context }) => {
    if (!(await context.session.identity.signedIn())) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(() => import('./signed-in.tsx'), 'SignedIn'),
});

const Start = () => <Navigate to={useMember().landingPath} replace />;
const start = createRoute({ getParentRoute: () => signedIn, path: '/', component: Start });
// Where a person waits who belongs nowhere yet; whoever does belong somewhere is led on.
const welcome = createRoute({ getParentRoute: () => signedIn, path: '/welcome', component: Start });

/** Decided before a page is loaded: nothing is asked of the server that it would refuse. */
const SuperAdminsOnly = () =>
  may(useMember(), 'list', 'Organization', PLATFORM) ? (
    <Outlet />
  ) : (
    <Forbidden who="the platform’s super admins" />
  );
const admin = createRoute({ getParentRoute: () => signedIn, path: '/admin', component: SuperAdminsOnly });

const searchParameters = z.object({
  search: z.catch(z.optional(z.string().check(z.maxLength(120))), undefined),
});
const tabParameters = z.object({ tab: z.catch(z.optional(z.string().check(z.maxLength(40))), undefined) });

const dashboard = createRoute({
  getParentRoute: () => admin,
  path: '/dashboard',
  validateSearch: searchParameters,
  component: lazyRouteComponent(() => import('./pages/admin-dashboard.tsx'), 'AdminDashboard'),
});
const organizations = createRoute({
  getParentRoute: () => admin,
  path: '/organizations',
  validateSearch: searchParameters,
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
  validateSearch: tabParameters,
  component: lazyRouteComponent(() => import('./pages/organization-detail.tsx'), 'OrganizationDetail'),
});
const organizationHome = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$organizationId',
  validateSearch: tabParameters,
  component: lazyRouteComponent(() => import('./pages/organization-home.tsx'), 'OrganizationHome'),
});

const nowhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });

const tree = root.addChildren([
  signIn,
  signedIn.addChildren([
    start,
    welcome,
    admin.addChildren([dashboard, organizations, newOrganization, organizationDetail]),
    organizationHome,
    nowhere,
  ]),
]);

/** Every page by its address; each is loaded when it is opened. */
export const appRouter = (session: Session) =>
  createRouter({
    routeTree: tree,
    context: { session },
    defaultPendingComponent: Loading,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof appRouter>;
  }
}
