import * as z from 'zod';
import { bodyOf, ClerkError, type ClerkRequest, json, mount, noContent, refuseOtherSites } from './http.ts';
import type { Instance, Route } from './instance.ts';
import { displayName, findUser, primaryEmail, signInRefusal, updateUser } from './people.ts';
import { confirmSession, endSession, liveSession, startSession } from './sessions.ts';
import type { Session, State, User } from './store.ts';

const signIn = z.strictObject({ userId: z.string().min(1) });

/** For the web app's sign-in page: who can sign in, signing in and out, and tokens while signed in. */
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

/** Starts a session and ends the one that this browser had. */
export function signInBrowser(instance: Instance, request: ClerkRequest, state: State, userId: string) {
  const started = startSession(state, userId, instance.now(), request.header('user-agent'));
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

/** All ports of localhost share cookies, so the name tells two runs of the product apart. */
const nameFor = (origin: string) => `__session_${new URL(origin).port || 'default'}`;

const attributes = `Path=${mount}; HttpOnly; SameSite=Lax`;

/** A session cookie, which ends with the browser. */
export const sessionCookie = (origin: string, sessionId: string): string =>
  `${nameFor(origin)}=${sessionId}; ${attributes}`;

const noSessionCookie = (origin: string): string => `${nameFor(origin)}=; ${attributes}; Max-Age=0`;

/** The session id in a Cookie header, or an empty string. */
function readSessionCookie(origin: string, header = ''): string {
  const start = `${nameFor(origin)}=`;
  const pair = header.split(/;\s*/).find((entry) => entry.startsWith(start));
  return pair?.slice(start.length) ?? '';
}

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
