import * as z from 'zod';
import { json } from '../http/answer.ts';
import { notFound } from '../http/clerk-error.ts';
import { bodyOf } from '../http/clerk-request.ts';
import type { Instance } from '../instance.ts';
import { findUser } from '../people/people.ts';
import type { Route } from '../route.ts';
import { endSession, findSession, liveSession, startSession, statusOf } from '../sessions.ts';
import type { Session } from '../store/state.ts';

const creation = z.strictObject({ user_id: z.string().min(1) });
const tokenWish = z.strictObject({
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
      const { expires_in_seconds: lifetime } = bodyOf(request, tokenWish);
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
