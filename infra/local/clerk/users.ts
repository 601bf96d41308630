import * as z from 'zod';
import { bodyOf, json, once, orderBy, page, paging, queryOf, several, sorted } from './http.ts';
import type { Instance, Route } from './instance.ts';
import {
  addUser,
  deleteUser,
  displayName,
  findUser,
  mergeMetadata,
  newEmail,
  updateUser,
  userObject,
} from './people.ts';
import type { User } from './store.ts';

/** Filters of lists and counts of users. Source: Clerk Backend API, GET /users. */
const time = once.transform(Number).pipe(z.int().min(0));
const userFilters = {
  created_at_after: time.optional(),
  created_at_before: time.optional(),
  email_address: several.optional(),
  user_id: several.optional(),
  external_id: several.optional(),
  query: once.optional(),
};
const filters = z.object(userFilters);

function filterUsers(users: readonly User[], query: z.infer<typeof filters>): User[] {
  const { email_address, user_id, external_id, query: text } = query;
  const { created_at_after: after = -1, created_at_before: before = Number.POSITIVE_INFINITY } = query;
  const addresses = email_address?.map((address) => address.toLowerCase());
  return users.filter(
    (user) =>
      user.createdAt > after &&
      user.createdAt < before &&
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

/** The valid values of `order_by`. */
const userOrder = {
  created_at: ({ createdAt }: User) => createdAt,
  updated_at: ({ updatedAt }: User) => updatedAt,
  last_sign_in_at: ({ lastSignInAt }: User) => lastSignInAt,
  email_address: ({ emails }: User) => emails[0]?.address,
  first_name: ({ firstName }: User) => firstName,
  last_name: ({ lastName }: User) => lastName,
};

const metadata = z.record(z.string(), z.unknown());
const name = z.string().max(256).nullable();

const creation = z.strictObject({
  email_address: z.array(z.email({ pattern: z.regexes.html5Email })).min(1),
  email_address_identification_status: z.array(z.enum(['verified', 'reserved'])).optional(),
  first_name: name.optional(),
  last_name: name.optional(),
  external_id: z.string().nullable().optional(),
  public_metadata: metadata.optional(),
  private_metadata: metadata.optional(),
  unsafe_metadata: metadata.optional(),
  banned: z.boolean().optional(),
  locked: z.boolean().optional(),
  // No user has a password here.
  skip_password_requirement: z.boolean().optional(),
  skip_password_checks: z.boolean().optional(),
});
const change = z.strictObject({
  first_name: name.optional(),
  last_name: name.optional(),
  external_id: z.string().nullable().optional(),
});
const metadataChange = z.strictObject({
  public_metadata: metadata.optional(),
  private_metadata: metadata.optional(),
  unsafe_metadata: metadata.optional(),
});

const listQuery = z.strictObject({
  ...userFilters,
  ...paging,
  order_by: orderBy([
    'created_at',
    'updated_at',
    'last_sign_in_at',
    'email_address',
    'first_name',
    'last_name',
  ]).default({
    name: 'created_at',
    down: true,
  }),
});

/** Users of the Backend API. Source: Clerk Backend API reference, Users. */
export const userRoutes = (instance: Instance): Route[] => [...reading(instance), ...writing(instance)];

const reading = ({ store }: Instance): Route[] => [
  {
    method: 'GET',
    path: '/v1/users',
    handle(request) {
      const { order_by, ...query } = queryOf(request, listQuery);
      const found = filterUsers(store.state.users, query);
      return json(page(sorted(found, userOrder[order_by.name], order_by.down), query).map(userObject));
    },
  },
  {
    method: 'GET',
    path: '/v1/users/count',
    handle(request) {
      const query = queryOf(request, z.strictObject(userFilters));
      return json({ object: 'total_count', total_count: filterUsers(store.state.users, query).length });
    },
  },
  {
    method: 'GET',
    path: '/v1/users/:id',
    handle: ({ params: { id = '' } }) => json(userObject(findUser(store.state, id))),
  },
];

const writing = ({ store, now }: Instance): Route[] => {
  const edit = (id = '', changeOf: (user: User) => Partial<User>) =>
    store.change((state) => {
      const user = findUser(state, id);
      return updateUser(state, user, changeOf(user), now());
    });
  return [
    {
      method: 'POST',
      path: '/v1/users',
      async handle(request) {
        const given = newUser(bodyOf(request, creation));
        return json(userObject(await store.change((state) => addUser(state, given, now()))));
      },
    },
    {
      method: 'PATCH',
      path: '/v1/users/:id',
      async handle(request) {
        const {
          first_name: firstName,
          last_name: lastName,
          external_id: externalId,
        } = bodyOf(request, change);
        const given = {
          ...(firstName !== undefined && { firstName }),
          ...(lastName !== undefined && { lastName }),
          ...(externalId !== undefined && { externalId }),
        };
        return json(userObject(await edit(request.params.id, () => given)));
      },
    },
    {
      method: 'PATCH',
      path: '/v1/users/:id/metadata',
      async handle(request) {
        const given = bodyOf(request, metadataChange);
        const merged = (user: User) => ({
          publicMetadata: mergeMetadata(user.publicMetadata, given.public_metadata ?? {}),
          privateMetadata: mergeMetadata(user.privateMetadata, given.private_metadata ?? {}),
          unsafeMetadata: mergeMetadata(user.unsafeMetadata, given.unsafe_metadata ?? {}),
        });
        return json(userObject(await edit(request.params.id, merged)));
      },
    },
    {
      method: 'DELETE',
      path: '/v1/users/:id',
      async handle({ params: { id = '' } }) {
        await store.change((state) => deleteUser(state, findUser(state, id), now()));
        return json({ id, object: 'user', deleted: true });
      },
    },
  ];
};

function newUser(body: z.infer<typeof creation>) {
  const { email_address, email_address_identification_status: statuses = [] } = body;
  return {
    emails: email_address.map((address, index) => newEmail(address, statuses[index] !== 'reserved')),
    firstName: body.first_name || null,
    lastName: body.last_name || null,
    externalId: body.external_id ?? null,
    publicMetadata: body.public_metadata ?? {},
    privateMetadata: body.private_metadata ?? {},
    unsafeMetadata: body.unsafe_metadata ?? {},
    banned: body.banned ?? false,
    locked: body.locked ?? false,
  };
}
