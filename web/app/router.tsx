import { createRouter } from '@tanstack/react-router';
import { Loading } from '../components/states.tsx';
import type { Session } from '../lib/session.tsx';
import { adminRoutes } from './admin-routes.tsx';
import { organizationRoutes } from './organization-routes.tsx';
import { NotFound } from './pages/forbidden.tsx';
import { nowhere, root, signedIn, signIn, start, welcome } from './routes.tsx';

const tree = root.addChildren([
  signIn,
  signedIn.addChildren([start, welcome, adminRoutes, organizationRoutes, nowhere]),
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
