import * as z from 'zod';
import { refuseOtherSites } from '../front/same-site.ts';
import { json, noContent } from '../http/answer.ts';
import { bodyOf } from '../http/clerk-request.ts';
import type { Instance } from '../instance.ts';
import type { Route } from '../route.ts';
import type { Dispatcher } from './dispatcher.ts';

const wish = z.strictObject({ webhooks: z.enum(['deliver', 'hold']) });

/** For tests: holds webhooks back, lets them go, and says how many wait. */
export const controlRoutes = ({ origin, store }: Instance, dispatcher: Dispatcher): Route[] => [
  {
    method: 'GET',
    path: '/controls',
    handle: () => json({ webhooks: dispatcher.mode(), waiting: store.state.deliveries.length }),
  },
  {
    method: 'POST',
    path: '/controls',
    handle(request) {
      refuseOtherSites(request, origin);
      dispatcher.setMode(bodyOf(request, wish).webhooks);
      return noContent();
    },
  },
];
