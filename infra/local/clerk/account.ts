import * as z from 'zod';
import { browserSession } from './client.ts';
import { ClerkError, json, noContent } from './http/answer.ts';
import { bodyOf, type ClerkRequest, refuseOtherSites } from './http/request.ts';
import type { Instance, Route } from './instance.ts';
import { displayName, findUser, primaryEmail, updateUser } from './people.ts';
import { confirmSession, endSession, liveSession } from './sessions.ts';
import type { Session } from './store.ts';

const secondFactor = z.strictObject({ enabled: z.boolean() });
const ending = z.strictObject({ sessionId: z.string().min(1) });

/** The user's account, for the web app's account page: Clerk's component in every other stage. */
export const accountRoutes = (instance: Instance): Route[] => {
  const { store, origin, now } = instance;
  return [
    {
      method: 'GET',
      path: '/client/account',
      handle(request) {
        const current = signedIn(instance, request);
        const user = findUser(store.state, current.userId);
        const sessions = store.state.sessions.filter(
          ({ id, userId }) => userId === user.id && liveSession(store.state, id, now()) !== undefined,
        );
        return json({
          name: displayName(user),
          email: primaryEmail(user)?.address ?? '',
          twoFactor: user.twoFactor,
          sessions: sessions.map(({ id, createdAt, userAgent }) => ({
            sessionId: id,
            isCurrent: id === current.id,
            startedAt: new Date(createdAt).toISOString(),
            userAgent: userAgent ?? null,
          })),
        });
      },
    },
    {
      method: 'POST',
      path: '/client/second-factor',
      async handle(request) {
        refuseOtherSites(request, origin);
        const current = signedIn(instance, request);
        const { userId } = current;
        const { enabled } = bodyOf(request, secondFactor);
        await store.change((state) => {
          const user = updateUser(state, findUser(state, userId), { twoFactor: enabled }, now());
          // Enabling it has just proved possession.
          if (enabled) confirmSession(current, user, now());
        });
        return noContent();
      },
    },
    {
      method: 'POST',
      path: '/client/verify',
      async handle(request) {
        refuseOtherSites(request, origin);
        const session = signedIn(instance, request);
        await store.change((state) => confirmSession(session, findUser(state, session.userId), now()));
        return noContent();
      },
    },
    {
      method: 'POST',
      path: '/client/sessions/end',
      async handle(request) {
        refuseOtherSites(request, origin);
        const { userId } = signedIn(instance, request);
        const { sessionId } = bodyOf(request, ending);
        const session = liveSession(store.state, sessionId, now());
        // Another user's session looks like one that never existed.
        if (session?.userId !== userId)
          throw new ClerkError(404, 'resource_not_found', 'There is no such session.');
        await store.change(() => endSession(session, 'revoked', now()));
        return noContent();
      },
    },
  ];
};

function signedIn(instance: Instance, request: ClerkRequest): Session {
  const session = browserSession(instance, request);
  if (session === undefined) throw new ClerkError(401, 'authentication_invalid', 'Nobody is signed in.');
  return session;
}
