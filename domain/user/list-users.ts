import { wordMatcher } from '../folded-text.ts';
import type { UserId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { findAll } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { User } from './profile.schema.ts';
import { UserItem } from './user.noun.ts';
import type { UserFilter } from './user.schema.ts';

/** What the caller may see of a list, and what they requested. */
export interface UserListing extends UserFilter {
  /** Only members of these teams; undefined means the whole organization. */
  readonly withinTeams?: readonly string[] | undefined;
}

/** Whether a listing has no filter. */
export const isWhole = (listing: UserListing): boolean =>
  Object.values(listing).every((wish) => wish === undefined);

/** Whether a user belongs to a listing. A search matches the parts of name and address. */
export function admits({ role, status, teamId, search, withinTeams }: UserListing): (user: User) => boolean {
  const finds = wordMatcher(search ?? '');
  const within = withinTeams && new Set(withinTeams);
  return ({ name, email, teams, ...user }) =>
    (within === undefined || Object.keys(teams).some((id) => within.has(id))) &&
    (role === undefined || user.role === role) &&
    (status === undefined || user.status === status) &&
    (teamId === undefined || Object.hasOwn(teams, teamId)) &&
    finds([name, email]);
}

const placeOf = placesOf(entityOf(UserItem)).byAccessPattern.primary.fromComposite.toCursor;

/** All users of an organization. */
export async function allUsers(scope: OrganizationScope): Promise<User[]> {
  const users = await findAll(scope, UserItem, {}, { consistent: false });
  return users.map((item) => User.parse(item));
}

/**
 * Users by id, after `position` (a user id): `limit` of them unless there are no more. An organization's
 * users are one partition of at most one or two megabytes, so a narrow filter reads to the end instead of
 * needing its own index.
 */
export async function usersAfter(
  { organizationId, client, table }: OrganizationScope,
  position: UserId | undefined,
  limit: number,
  listing: UserListing = {},
): Promise<User[]> {
  const whole = isWhole(listing);
  const fits = admits(listing);
  const found: User[] = [];
  let cursor = position === undefined ? null : placeOf({ organizationId, userId: position });
  do {
    const page = whole ? { limit: limit - found.length } : {};
    const answer: { data: unknown[]; cursor: string | null } = await entityOf(UserItem)
      .query.primary({ organizationId })
      .go({ client, table, ...page, pages: 1, cursor });
    found.push(...answer.data.map((item) => User.parse(item)).filter(fits));
    cursor = answer.cursor;
  } while (cursor !== null && found.length < limit);
  return found.slice(0, limit);
}
