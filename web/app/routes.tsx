import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import type { Session } from '../lib/session.tsx';
import { lazyPage } from './lazy-page.ts';

/** What every page is under. */
export const root = createRootRouteWithContext<{ readonly session: Session }>()({ component: Outlet });

export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyPage(() => import('./pages/sign-in.tsx'), 'SignIn'),
});

export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, cause }) => {
    // Whose session ends on a page stays on it, and signs in over it.
    if (cause === 'stay') return;
    if (!(await context.session.identity.signedIn())) throw redirect({ to: '/sign-in' });
  },
  component: lazyPage(() => import('./signed-in.tsx'), 'SignedIn'),
});

// Loaded, as all of this, when somebody is signed in.
const Start = lazyPage(() => import('./pages/start.tsx'), 'Start');
export const NotFound = lazyPage(() => import('./pages/forbidden.tsx'), 'NotFound');

export const start = createRoute({ getParentRoute: () => signedIn, path: '/', component: Start });

/** Where a person waits who belongs nowhere yet; whoever does belong somewhere is led on. */
export const welcome = createRoute({ getParentRoute: () => signedIn, path: '/welcome', component: Start });

export const nowhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });
