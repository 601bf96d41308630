import { notifyManager, QueryClientProvider } from '@tanstack/react-query';
import {
  type AsyncRouteComponent,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Outlet,
  RouterProvider,
  redirect,
  useRouter,
} from '@tanstack/react-router';
import { type ComponentProps, createElement, useEffect, useState } from 'react';
import { Failed, Loading } from '../components/states.tsx';
import { features } from '../features.ts';
import { readAddress } from '../lib/address.ts';
import { isOffline, onceBack } from '../lib/api-error.ts';
import { type FeaturePage, FeaturesContext, pagesUnder, panelsAt } from '../lib/feature.ts';
import { lazyPage } from '../lib/lazy-page.ts';
import { signInAddress } from '../lib/own-addresses.ts';
import { createQueries } from '../lib/queries.ts';
import { type Session, SessionProvider } from '../lib/session.tsx';
import { loadTexts } from '../text/catalogue.ts';
import { LanguageProvider } from '../text/language.tsx';
import { Look } from './theme.tsx';

const root = createRootRouteWithContext<{ readonly session: Session }>()({ component: Outlet });

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, cause, location: { href } }) => {
    // When the session ends on a page, the user stays there and signs in on top of it.
    if (cause === 'stay') return;
    if (await context.session.identity.signedIn()) return;
    throw redirect({ to: signInAddress, search: href === '/' ? {} : { to: href } });
  },
  component: lazyPage(() => import('./signed-in.tsx'), 'SignedIn'),
});

// Loaded once a user is signed in, like everything below.
const Start = lazyPage(() => import('./guards.tsx'), 'Start');
const NotFound = lazyPage(() => import('../components/no-page.tsx'), 'NotFound');

const start = createRoute({ getParentRoute: () => signedIn, path: '/', component: Start });

/** Where a user without an organization waits; others are redirected to their landing page. */
const welcome = createRoute({ getParentRoute: () => signedIn, path: '/welcome', component: Start });

/** The component gallery, in development only; not part of any build. */
const development = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: '/design',
        component: lazyPage(() => import('./design-page.tsx'), 'DesignPage'),
      }),
    ]
  : [];

const nowhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });

const admin = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin',
  component: lazyPage(() => import('./guards.tsx'), 'SuperAdminsOnly'),
});

/** An organization's own pages; a super admin may visit them. */
const organization = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$organizationId',
  component: lazyPage(() => import('./guards.tsx'), 'OrganizationLayout'),
});

/** A page that is loaded together with the panels that other features show on it. */
function withPanels({ component, place }: FeaturePage): AsyncRouteComponent<object> {
  if (place === undefined) return component;
  const parts = [component, ...panelsAt(features, place).map((panel) => panel.component)];
  const preload = async () => {
    await Promise.all(parts.map((part) => part.preload?.()));
  };
  return Object.assign(() => createElement(component), { preload });
}

type Parent = typeof root | typeof signedIn | typeof admin | typeof organization;

const routesTo = (under: FeaturePage['under'], parent: Parent) =>
  pagesUnder(features, under).map((page) =>
    createRoute({
      getParentRoute: () => parent,
      path: page.path,
      validateSearch: readAddress,
      component: withPanels(page),
    }),
  );

const tree = root.addChildren([
  ...routesTo('public', root),
  ...development,
  signedIn.addChildren([
    start,
    welcome,
    ...routesTo('member', signedIn),
    admin.addChildren(routesTo('admin', admin)),
    organization.addChildren(routesTo('organization', organization)),
    nowhere,
  ]),
]);

/**
 * Shown in place of a page that failed or couldn't be loaded. Loading is retried when the connection is
 * back.
 */
function PageFailed({ error }: ErrorComponentProps) {
  const router = useRouter();
  const what = error instanceof Error ? error : new Error(String(error));
  useEffect(() => (isOffline(error) ? onceBack(() => router.invalidate()) : undefined), [error, router]);
  return <Failed error={what} onRetry={() => void router.invalidate()} />;
}

/** Search parameters are always strings, even if they look like numbers. */
const parseSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search));

function stringifySearch(parameters: Record<string, unknown>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? '' : `?${search}`;
}

/** Creates the router with all pages; each is loaded when it is opened. */
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

// Notifies observers in a microtask rather than a later task, so that the second click of a double click
// already finds the button busy.
notifyManager.setScheduler(queueMicrotask);

interface AppProps {
  readonly session: Session;
  readonly language: ComponentProps<typeof LanguageProvider>['initial'];
}

/** The whole app, for one identity provider, starting in the given language. */
export function App({ session, language }: AppProps) {
  const [queries] = useState(createQueries);
  const [router] = useState(() => appRouter(session));
  return (
    <LanguageProvider initial={language} load={loadTexts}>
      <Look>
        <QueryClientProvider client={queries}>
          <SessionProvider session={session}>
            <FeaturesContext value={features}>
              {session.identity.wrap(<RouterProvider router={router} />)}
            </FeaturesContext>
          </SessionProvider>
        </QueryClientProvider>
      </Look>
    </LanguageProvider>
  );
}
