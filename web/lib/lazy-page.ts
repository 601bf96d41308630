import { lazyRouteComponent } from '@tanstack/react-router';
import { offline } from './api-error.ts';

/** A page or layout whose code is loaded when it is opened. */
export const lazyPage = <Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) =>
  lazyRouteComponent(
    () =>
      load().catch((error: unknown) => {
        // When code can't be fetched, the router reloads the whole app, which picks up a new deployment.
        // Without a connection that would only show the browser's error page.
        throw navigator.onLine ? error : offline();
      }),
    name,
  );
