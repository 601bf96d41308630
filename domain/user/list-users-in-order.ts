import * as z from 'zod/mini';
import { nameOrder } from '../folded-text.ts';
import { UserId } from '../ids.ts';
import { areUsersInOrder } from '../organization/directory-row.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { admits, isWhole, type UserListing, usersAfter } from './list-users.ts';
import { User } from './profile.schema.ts';
import { EmailClaimItem, UserItem } from './user.noun.ts';
import type { UserOrder } from './user.schema.ts';
import { joiningOf } from './user-writes.ts';

/**
 * A user's position in an order: name or joining time, then id. The email address is part of the index key
 * by joining time.
 */
export const UserPosition = z.tuple([z.string(), UserId, z.string()]);
type UserPosition = z.infer<typeof UserPosition>;

export const positionIn = (sort: UserOrder, { name, createdAt, userId, email }: User): UserPosition => [
  sort === 'name' ? nameOrder(name) : createdAt,
  userId,
  email,
];

interface Wanted {
  readonly sort: UserOrder;
  readonly direction: 'asc' | 'desc';
  readonly position?: UserPosition | undefined;
  readonly limit: number;
  readonly listing?: UserListing;
}

/**
 * Users by name or joining time, after `position`: `limit` of them unless there are no more. Reads no more
 * than the page, for listings without a filter. An organization whose users of an earlier version have no
 * position yet is read completely and sorted here; see `orderUsers`.
 */
export async function usersInOrder(scope: OrganizationScope, wanted: Wanted): Promise<User[]> {
  const { sort, listing = {} } = wanted;
  if (sort === 'joined' && !isWhole(listing)) return await sortedHere(scope, wanted);
  const [areInOrder, users] = await Promise.all([
    areUsersInOrder(scope),
    sort === 'name' ? byName(scope, wanted) : byJoining(scope, wanted),
  ]);
  return areInOrder ? users : await sortedHere(scope, wanted);
}

const names = placesOf(entityOf(UserItem)).byAccessPattern.byName.fromComposite;
const joinings = placesOf(entityOf(EmailClaimItem)).byAccessPattern.byJoining.fromComposite;

/** One response of an index: the user ids in order, and where the next query starts. */
interface Answer {
  readonly ids: readonly UserId[];
  readonly cursor: string | null;
}

/**
 * The users of an index in their current state: `limit` of them unless there are no more. The index may lag
 * behind; it determines the order, the items themselves the content.
 */
async function asTheyAre(
  scope: OrganizationScope,
  { limit, listing = {} }: Pick<Wanted, 'limit' | 'listing'>,
  start: string | null,
  ask: (cursor: string | null, left: number) => Promise<Answer>,
): Promise<User[]> {
  const fits = admits(listing);
  const found: User[] = [];
  let cursor = start;
  do {
    const answer = await ask(cursor, limit - found.length);
    for (let at = 0; at < answer.ids.length && found.length < limit; at += limit) {
      const ids = answer.ids.slice(at, at + limit);
      const items = await findMany(
        scope,
        UserItem,
        ids.map((userId) => ({ userId })),
      );
      const byId = new Map(items.map((item) => [item.userId, item]));
      // Users removed meanwhile are missing.
      const users = ids.flatMap((id) => (byId.has(id) ? [User.parse(byId.get(id))] : []));
      found.push(...users.filter(fits));
    }
    cursor = answer.cursor;
  } while (cursor !== null && found.length < limit);
  return found.slice(0, limit);
}

function byName(scope: OrganizationScope, wanted: Wanted): Promise<User[]> {
  const { organizationId, client, table } = scope;
  const { direction, position, listing = {} } = wanted;
  const start =
    position === undefined
      ? null
      : names.toCursor({ organizationId, nameOrder: position[0], userId: position[1] });
  const fits = admits(listing);
  const whole = isWhole(listing);
  return asTheyAre(scope, wanted, start, async (cursor, left) => {
    const answer: { data: unknown[]; cursor: string | null } = await entityOf(UserItem)
      .query.byName({ organizationId })
      .go({ client, table, pages: 1, order: direction, cursor, ...(whole ? { limit: left } : {}) });
    const users = answer.data.map((item) => User.parse(item)).filter(fits);
    return { ids: users.map(({ userId }) => userId), cursor: answer.cursor };
  });
}

function byJoining(scope: OrganizationScope, wanted: Wanted): Promise<User[]> {
  const { organizationId, client, table } = scope;
  const { direction, position } = wanted;
  const start = position === undefined ? null : joinings.toCursor({ organizationId, ...joiningAt(position) });
  return asTheyAre(scope, wanted, start, async (cursor, left) => {
    const answer: { data: { holder: string }[]; cursor: string | null } = await entityOf(EmailClaimItem)
      .query.byJoining({ organizationId })
      .go({ client, table, pages: 1, order: direction, limit: left, cursor });
    return { ids: answer.data.map(({ holder }) => UserId.parse(holder)), cursor: answer.cursor };
  });
}

const joiningAt = ([createdAt, userId, email]: UserPosition) => ({
  email,
  joined: joiningOf({ createdAt, userId }),
});

// DynamoDB's order: by UTF-8 bytes.
const compare = ([a, idA]: UserPosition, [b, idB]: UserPosition): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b)) || Buffer.compare(Buffer.from(idA), Buffer.from(idB));

/** The maximum number of users. */
const everybody = 10_000;

async function sortedHere(
  scope: OrganizationScope,
  { sort, direction, position, limit, listing }: Wanted,
): Promise<User[]> {
  const users = await usersAfter(scope, undefined, everybody, listing);
  const sign = direction === 'asc' ? 1 : -1;
  const placed = users
    .map((user) => ({ user, at: positionIn(sort, user) }))
    .sort((a, b) => sign * compare(a.at, b.at));
  const from = position === undefined ? 0 : placed.findIndex(({ at }) => sign * compare(at, position) > 0);
  return from < 0 ? [] : placed.slice(from, from + limit).map(({ user }) => user);
}
