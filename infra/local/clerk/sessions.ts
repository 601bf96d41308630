import { ClerkError, notFound } from './http/clerk-error.ts';
import { findUser } from './people/people.ts';
import { signInRefusal } from './people/user.ts';
import { newId } from './store/new-id.ts';
import type { Session, State } from './store/state.ts';

const lifetime = 7 * 24 * 60 * 60 * 1000;

/** A session's status as Clerk names it; one that runs out becomes `expired`. */
export const statusOf = (session: Session, now: number): Session['status'] | 'expired' =>
  session.status === 'active' && now >= session.expireAt ? 'expired' : session.status;

/** Starts a session. @throws ClerkError when there is no such person, or one who may not sign in. */
export function startSession(state: State, userId: string, now: number): Session {
  const user = findUser(state, userId);
  const refusal = signInRefusal(user);
  if (refusal !== undefined) throw new ClerkError(403, 'sign_in_not_allowed', refusal);
  // What ran out is of no use to anyone.
  state.sessions = state.sessions.filter((session) => now < session.expireAt);
  const session: Session = {
    id: newId('sess'),
    clientId: newId('client'),
    userId,
    status: 'active',
    createdAt: now,
    updatedAt: now,
    expireAt: now + lifetime,
  };
  state.sessions.push(session);
  user.lastSignInAt = now;
  return session;
}

export function endSession(session: Session, status: 'ended' | 'revoked', now: number): Session {
  return Object.assign(session, { status, updatedAt: now });
}

export function findSession(state: State, id: string): Session {
  const session = state.sessions.find((candidate) => candidate.id === id);
  if (session === undefined) throw notFound(`No session was found with id ${id}.`);
  return session;
}

/** The session, if someone is signed in with it now: a person who was banned since isn't. */
export function liveSession(state: State, id: string, now: number): Session | undefined {
  const session = state.sessions.find((candidate) => candidate.id === id);
  if (session === undefined || statusOf(session, now) !== 'active') return undefined;
  const user = state.users.find((candidate) => candidate.id === session.userId);
  return user !== undefined && signInRefusal(user) === undefined ? session : undefined;
}
