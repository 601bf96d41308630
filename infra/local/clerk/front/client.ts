import * as z from 'zod';
import { json, noContent } from '../http/answer.ts';
import { ClerkError } from '../http/clerk-error.ts';
import { bodyOf, type ClerkRequest } from '../http/clerk-request.ts';
import type { Instance } from '../instance.ts';
import { findUser } from '../people/people.ts';
import { displayName, primaryEmail, signInRefusal } from '../people/user.ts';
import type { Route } from '../route.ts';
import { endSession, liveSession, startSession } from '../sessions.ts';
import type { State, User } from '../store/state.ts';
import { noSessionCookie, readSessionCookie, sessionCookie } from './cookie.ts';
import { refuseOtherSites } from './same-site.ts';

const signIn = z.strictObject({ userId: z.string().min(1) });

/** What the site's sign-in page needs: who can sign in, one click to do it, and tokens while signed in. */
export const clientRoutes = (instance: Instance): Route[] => {
  const { store, origin, signToken, now } = instance;
  return [
    {
      method: 'GET',
      path: '/client',
      handle(request) {
        const session = browserSession(instance, request);
        return json({
          people: store.state.users.filter((user) => signInRefusal(user) === undefined).map(person),
          session: session === undefined ? null : { userId: session.userId, sessionId: session.id },
        });
      },
    },
    {
      method: 'POST',
      path: '/client/sign-in',
      async handle(request) {
        refuseOtherSites(request, origin);
        const { userId } = bodyOf(request, signIn);
        const session = await store.change((state) => signInBrowser(instance, request, state, userId));
        return noContent({ 'set-cookie': sessionCookie(origin, session.id) });
      },
    },
    {
      method: 'POST',
      path: '/client/sign-out',
      async handle(request) {
        refuseOtherSites(request, origin);
        const session = browserSession(instance, request);
        if (session !== undefined) await store.change(() => endSession(session, 'ended', now()));
        return noContent({ 'set-cookie': noSessionCookie(origin) });
      },
    },
    {
      method: 'POST',
      path: '/client/token',
      async handle(request) {
        refuseOtherSites(request, origin);
        const session = browserSession(instance, request);
        if (session === undefined)
          throw new ClerkError(401, 'authentication_invalid', 'Nobody is signed in.');
        return json({ jwt: await signToken(session, findUser(store.state, session.userId)) });
      },
    },
  ];
};

const browserSession = ({ store, origin, now }: Instance, request: ClerkRequest) =>
  liveSession(store.state, readSessionCookie(origin, request.header('cookie')), now());

/** Starts a session in place of the one this browser had. */
export function signInBrowser(instance: Instance, request: ClerkRequest, state: State, userId: string) {
  const started = startSession(state, userId, instance.now());
  const before = browserSession(instance, request);
  if (before !== undefined) endSession(before, 'ended', instance.now());
  return started;
}

const description = z.object({ description: z.string().min(1) });

function person(user: User) {
  const email = primaryEmail(user)?.address ?? '';
  const described = description.safeParse(user.privateMetadata);
  return {
    userId: user.id,
    name: displayName(user),
    email,
    description: described.success ? described.data.description : email,
  };
}
