import { notFound, refusedParameter } from '../http/clerk-error.ts';
import { newId } from '../store/new-id.ts';
import type { State, User } from '../store/state.ts';
import { enqueue } from '../webhooks/event.ts';
import { userObject } from './user-object.ts';

/** What a new user starts with. */
export type NewUser = Pick<User, 'emails'> & Partial<User>;

export function findUser(state: State, id: string): User {
  const user = state.users.find((candidate) => candidate.id === id);
  if (user === undefined) throw notFound(`No user was found with id ${id}.`);
  return user;
}

export const userWithEmail = (state: State, address: string): User | undefined =>
  state.users.find(({ emails }) => emails.some((email) => email.address === address.toLowerCase()));

export const newEmail = (address: string, verified: boolean): User['emails'][number] => ({
  id: newId('idn'),
  address: address.toLowerCase(),
  verified,
});

/** Adds a user and the news of it. @throws when an address belongs to someone. */
export function addUser(state: State, given: NewUser, now: number): User {
  if (given.emails.some(({ address }) => userWithEmail(state, address) !== undefined))
    throw refusedParameter(
      'form_identifier_exists',
      'That email address is taken. Please try another.',
      'email_address',
    );
  const user: User = {
    id: newId('user'),
    firstName: null,
    lastName: null,
    externalId: null,
    publicMetadata: {},
    privateMetadata: {},
    unsafeMetadata: {},
    banned: false,
    locked: false,
    createdAt: now,
    updatedAt: now,
    lastSignInAt: null,
    ...given,
  };
  state.users.push(user);
  enqueue(state, 'user.created', userObject(user), now);
  return user;
}

/** Changes a user; each change is newer than the one before, whatever the clock says. */
export function updateUser(state: State, user: User, change: Partial<User>, now: number): User {
  Object.assign(user, change, { updatedAt: Math.max(now, user.updatedAt + 1) });
  enqueue(state, 'user.updated', userObject(user), now);
  return user;
}

/** Deletes a user; their sessions end with them. */
export function deleteUser(state: State, user: User, now: number): void {
  state.users.splice(state.users.indexOf(user), 1);
  for (const session of state.sessions)
    if (session.userId === user.id && session.status === 'active')
      Object.assign(session, { status: 'removed', updatedAt: now });
  enqueue(state, 'user.deleted', { id: user.id, object: 'user', deleted: true }, now);
}
