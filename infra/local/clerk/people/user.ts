import type { User } from '../store/state.ts';

export const primaryEmail = (user: User) => user.emails[0];

/** First and last name, or the e-mail address of someone who gave none. */
export const displayName = (user: User): string =>
  [user.firstName, user.lastName].filter(Boolean).join(' ') || primaryEmail(user)?.address || user.id;

/** Why a person may not sign in, or undefined. */
export function signInRefusal(user: User): string | undefined {
  if (user.banned) return 'This account is banned.';
  if (user.locked) return 'This account is locked.';
  if (primaryEmail(user)?.verified !== true) return 'The e-mail address of this account is not verified.';
  return undefined;
}

/** "Ada King Lovelace" is Ada, and King Lovelace. */
export function splitName(name: string): Pick<User, 'firstName' | 'lastName'> {
  const [first, ...rest] = name.trim().split(/\s+/);
  return { firstName: first || null, lastName: rest.join(' ') || null };
}
