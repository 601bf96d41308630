import { lazyRouteComponent } from '@tanstack/react-router';
import { offline } from './api-error.ts';

/** A page, or what is around some, whose code is loaded when it is opened. */
export const lazyPage = <Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) =>
  lazyRouteComponent(
    () =>
      load().catch((error: unknown) => {
        // For code that can't be fetched the router loads the whole app anew, which finds it after a
        // deployment; without a connection the browser's error page would take the app's place.
        throw navigator.onLine ? error : offline();
      }),
    name,
  );
