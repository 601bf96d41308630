import * as z from 'zod';
import { displayName } from '../people/user.ts';
import type { User } from '../store/state.ts';
import { once, several } from './list-query.ts';

/** What lists and counts of users may be narrowed by. Source: Clerk Backend API, GET /users. */
export const userFilters = {
  email_address: several.optional(),
  user_id: several.optional(),
  external_id: several.optional(),
  query: once.optional(),
};
const filters = z.object(userFilters);

export function filterUsers(users: readonly User[], query: z.infer<typeof filters>): User[] {
  const { email_address, user_id, external_id, query: text } = query;
  const addresses = email_address?.map((address) => address.toLowerCase());
  return users.filter(
    (user) =>
      (!addresses || user.emails.some(({ address }) => addresses.includes(address))) &&
      (!user_id || includes(user_id, user.id)) &&
      (!external_id || (user.externalId !== null && includes(external_id, user.externalId))) &&
      (!text || searched(user).includes(text.toLowerCase())),
  );
}

/** `-` before a value leaves it out. */
function includes(values: readonly string[], value: string): boolean {
  const wanted = values.filter((entry) => !entry.startsWith('-')).map((entry) => entry.replace(/^[+ ]/, ''));
  return !values.includes(`-${value}`) && (wanted.length === 0 || wanted.includes(value));
}

const searched = (user: User) =>
  [user.id, displayName(user), ...user.emails.map(({ address }) => address)].join('\n').toLowerCase();

/** What `order_by` may name. */
export const userOrder = {
  created_at: ({ createdAt }: User) => createdAt,
  updated_at: ({ updatedAt }: User) => updatedAt,
  last_sign_in_at: ({ lastSignInAt }: User) => lastSignInAt,
  email_address: ({ emails }: User) => emails[0]?.address,
  first_name: ({ firstName }: User) => firstName,
  last_name: ({ lastName }: User) => lastName,
};
