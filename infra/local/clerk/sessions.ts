import * as z from 'zod';
import { bodyOf, ClerkError, json, notFound } from './http.ts';
import type { Instance, Route } from './instance.ts';
import { findUser, signInRefusal } from './people.ts';
import { newId, type Session, type State, type User } from './store.ts';

const lifetime = 7 * 24 * 60 * 60 * 1000;

/** A session's status as Clerk names it; one that runs out becomes `expired`. */
const statusOf = (session: Session, now: number): Session['status'] | 'expired' =>
  session.status === 'active' && now >= session.expireAt ? 'expired' : session.status;

/** Starts a session. @throws ClerkError if the user doesn't exist or may not sign in. */
export function startSession(state: State, userId: string, now: number, userAgent?: string): Session {
  const user = findUser(state, userId);
  const refusal = signInRefusal(user);
  if (refusal !== undefined) throw new ClerkError(403, 'sign_in_not_allowed', refusal);
  // Expired sessions are dropped.
  state.sessions = state.sessions.filter((session) => now < session.expireAt);
  const session: Session = {
    id: newId('sess'),
    clientId: newId('client'),
    userId,
    status: 'active',
    createdAt: now,
    updatedAt: now,
    expireAt: now + lifetime,
    ...(user.twoFactor ? { secondFactorAt: now } : {}),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
  state.sessions.push(session);
  user.lastSignInAt = now;
  return session;
}

/** Reverifies the user of a session, with all of their factors. */
export const confirmSession = (session: Session, { twoFactor }: User, now: number): Session =>
  Object.assign(session, { confirmedAt: now, ...(twoFactor ? { secondFactorAt: now } : {}) });

export function endSession(session: Session, status: 'ended' | 'revoked', now: number): Session {
  return Object.assign(session, { status, updatedAt: now });
}

function findSession(state: State, id: string): Session {
  const session = state.sessions.find((candidate) => candidate.id === id);
  if (session === undefined) throw notFound(`No session was found with id ${id}.`);
  return session;
}

/** The session, if it is active and its user may still sign in. */
export function liveSession(state: State, id: string, now: number): Session | undefined {
  const session = state.sessions.find((candidate) => candidate.id === id);
  if (session === undefined || statusOf(session, now) !== 'active') return undefined;
  const user = state.users.find((candidate) => candidate.id === session.userId);
  return user !== undefined && signInRefusal(user) === undefined ? session : undefined;
}

const creation = z.strictObject({ user_id: z.string().min(1) });
const tokenRequest = z.strictObject({
  expires_in_seconds: z.number().int().min(30).max(315_360_000).optional(),
});

/** Sessions of the Backend API. Source: Clerk Backend API reference, Sessions. */
export const sessionRoutes = ({ store, signToken, now }: Instance): Route[] => [
  {
    method: 'POST',
    path: '/v1/sessions',
    async handle(request) {
      const { user_id } = bodyOf(request, creation);
      return json(sessionObject(await store.change((state) => startSession(state, user_id, now())), now()));
    },
  },
  {
    method: 'GET',
    path: '/v1/sessions/:id',
    handle: ({ params: { id = '' } }) => json(sessionObject(findSession(store.state, id), now())),
  },
  {
    method: 'POST',
    path: '/v1/sessions/:id/tokens',
    async handle(request) {
      const { id = '' } = request.params;
      const { expires_in_seconds: lifetime } = bodyOf(request, tokenRequest);
      const session = liveSession(store.state, id, now());
      if (session === undefined) throw notFound(`There is no active session with id ${id}.`);
      const jwt = await signToken(session, findUser(store.state, session.userId), lifetime);
      return json({ object: 'token', jwt });
    },
  },
  {
    method: 'POST',
    path: '/v1/sessions/:id/revoke',
    async handle({ params: { id = '' } }) {
      const revoked = await store.change((state) => endSession(findSession(state, id), 'revoked', now()));
      return json(sessionObject(revoked, now()));
    },
  },
];

const sessionObject = (session: Session, now: number) => ({
  id: session.id,
  object: 'session',
  client_id: session.clientId,
  user_id: session.userId,
  status: statusOf(session, now),
  actor: null,
  last_active_at: session.updatedAt,
  expire_at: session.expireAt,
  abandon_at: session.expireAt,
  created_at: session.createdAt,
  updated_at: session.updatedAt,
});
