import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Navigate,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { useMember } from '../lib/me.tsx';
import type { Session } from '../lib/session.tsx';
import { NotFound } from './pages/forbidden.tsx';

/** What every page is under. */
export const root = createRootRouteWithContext<{ readonly session: Session }>()({ component: Outlet });

export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignIn'),
});

export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context }) => {
    if (!(await context.session.identity.signedIn())) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(() => import('./signed-in.tsx'), 'SignedIn'),
});

const Start = () => <Navigate to={useMember().landingPath} replace />;

export const start = createRoute({ getParentRoute: () => signedIn, path: '/', component: Start });

/** Where a person waits who belongs nowhere yet; whoever does belong somewhere is led on. */
export const welcome = createRoute({ getParentRoute: () => signedIn, path: '/welcome', component: Start });

export const nowhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });
