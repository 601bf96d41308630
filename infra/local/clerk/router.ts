import { authenticate } from './backend/authenticate.ts';
import { invitationRoutes } from './backend/invitations.ts';
import { keyRoutes } from './backend/jwks.ts';
import { sessionRoutes } from './backend/sessions.ts';
import { userRoutes } from './backend/users.ts';
import { clientRoutes } from './front/client.ts';
import { type Answer, errorAnswer } from './http/answer.ts';
import { notFound } from './http/clerk-error.ts';
import type { ClerkRequest } from './http/clerk-request.ts';
import type { Instance } from './instance.ts';
import { acceptRoutes } from './pages/accept.ts';
import { outboxRoutes } from './pages/outbox.ts';
import { styleRoutes } from './pages/style.ts';
import type { Route } from './route.ts';

const parts = [
  keyRoutes,
  userRoutes,
  sessionRoutes,
  invitationRoutes,
  clientRoutes,
  outboxRoutes,
  acceptRoutes,
  styleRoutes,
];

/** Finds what answers a request. Errors become Clerk's error body. */
export function router(instance: Instance, more: readonly Route[]) {
  const routes = parts.flatMap((routesOf) => routesOf(instance));
  const table = [...routes, ...more].map((route) => ({ route, matches: matcher(route.path) }));
  return async (request: ClerkRequest): Promise<Answer> => {
    try {
      if (request.url.pathname.startsWith('/v1/')) authenticate(request, instance.secretKey);
      for (const { route, matches } of table) {
        const params = route.method === request.method ? matches(request.url.pathname) : undefined;
        if (params !== undefined) return await route.handle({ ...request, params });
      }
      throw notFound(`The Clerk stand-in has no ${request.method} ${request.url.pathname}.`);
    } catch (error) {
      return errorAnswer(error);
    }
  };
}

function matcher(path: string) {
  const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[\\w-]+)')}$`);
  return (pathname: string) => {
    const match = pattern.exec(pathname);
    return match === null ? undefined : { ...match.groups };
  };
}
