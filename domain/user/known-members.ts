import { type OrganizationId, PLATFORM, type UserId } from '../ids.ts';
import { untilRead } from '../table/batch-read.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { findMany } from '../table/reads.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { MemberClaimItem, UserItem } from './user.noun.ts';

/** A user, as stored. */
export type Member = Stored<typeof UserItem>;

/** Looks up members by their claims and by the organization that Clerk names. */
async function membersOf(
  { client, table }: ControlPlane,
  places: readonly { readonly organizationId: OrganizationId; readonly userId: UserId }[],
): Promise<Member[]> {
  const members: Member[] = [];
  const keys = new Map(places.map((place) => [`${place.organizationId} ${place.userId}`, place]));
  await untilRead([...keys.values()], async (left) => {
    const { data, unprocessed } = await entityOf(UserItem)
      .get([...left])
      .go({ client, table, consistent: true, concurrency: 2 });
    members.push(...data);
    return unprocessed;
  });
  return members;
}

/** For each identity the member it belongs to, if any, according to its claim or to Clerk. */
export async function knownMembers(
  plane: ControlPlane,
  people: readonly { readonly userId: UserId; readonly organizationId?: OrganizationId | undefined }[],
): Promise<Map<UserId, Member>> {
  const keys = people.map(({ userId }) => ({ userId }));
  const claims = await findMany(platformScope(plane), MemberClaimItem, keys);
  const claimed = new Map(claims.map(({ userId, memberOf }) => [userId, memberOf]));
  const places = people.flatMap(({ userId, organizationId }) =>
    [claimed.get(userId), organizationId].flatMap((place) =>
      place === undefined ? [] : [{ organizationId: place, userId }],
    ),
  );
  const known = new Map<UserId, Member>();
  // For a member of two organizations, the claim decides.
  for (const member of await membersOf(plane, places))
    if (!known.has(member.userId) || claimed.get(member.userId) === member.organizationId)
      known.set(member.userId, member);
  return known;
}

/** Members claimed for an organization, by user id, after `position`. */
export async function claimsAfter(
  { client, table }: ControlPlane,
  after: UserId | undefined,
  limit: number,
): Promise<{ userId: UserId; organizationId: OrganizationId }[]> {
  const query = entityOf(MemberClaimItem).query.primary({ organizationId: PLATFORM });
  const paged = after === undefined ? query : query.gt({ userId: after });
  const { data } = await paged.go({ client, table, limit, count: limit });
  return data.map(({ userId, memberOf }) => ({ userId, organizationId: memberOf }));
}
