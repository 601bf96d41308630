import { createRouter } from '@tanstack/react-router';
import { Loading } from '../components/loading.tsx';
import type { Session } from '../lib/session.tsx';
import { adminRoutes } from './admin-routes.tsx';
import { organizationRoutes } from './organization-routes.tsx';
import { PageFailed } from './page-failed.tsx';
import { NotFound, nowhere, root, signedIn, signIn, start, welcome } from './routes.tsx';

const tree = root.addChildren([
  signIn,
  signedIn.addChildren([start, welcome, adminRoutes, organizationRoutes, nowhere]),
]);

/** What stands in an address is text, also where it looks like a number. */
const parseSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search));

function stringifySearch(parameters: Record<string, unknown>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? '' : `?${search}`;
}

/** Every page by its address; each is loaded when it is opened. */
export const appRouter = (session: Session) =>
  createRouter({
    routeTree: tree,
    context: { session },
    parseSearch,
    stringifySearch,
    defaultPendingComponent: Loading,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof appRouter>;
  }
}
