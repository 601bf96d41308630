import { type OrganizationId, PLATFORM, type UserId } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { find, findMany } from '../table/reads.ts';
import type { OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { type Write, write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { findUser } from './find-user.ts';
import { MemberClaimItem, UserItem } from './user.noun.ts';

/**
 * Ensures that an identity belongs to one organization only. A token names just one organization, so a
 * second membership would be unusable and yet take a seat and perhaps count as an admin.
 */
export interface MemberClaims {
  /**
   * Claims an identity for an organization before they become a member. Returns false if they are a member
   * of another one.
   */
  take(userId: UserId, organizationId: OrganizationId, now: Date): Promise<boolean>;
  /**
   * Lets a user who was removed at `now` join another organization immediately instead of after the claim
   * has expired. A claim made since then stays.
   */
  release(userId: UserId, organizationId: OrganizationId, now: Date): Promise<void>;
}

/** Whether a user is currently a member of an organization. */
export type IsMember = (organizationId: OrganizationId, userId: UserId) => Promise<boolean>;

/** Looks the membership up in the organization itself, where the caller may open it. */
export const membershipIn =
  (open: OpenOrganization): IsMember =>
  async (organizationId, userId) =>
    (await findUser(open(organizationId), userId)) !== null;

/** Longer than a request can take: the claimant may still be about to write the member. */
const pendingMs = 120_000;

/**
 * Claims in the platform's partition. A conditional write allows one claim at a time. A claim is valid as
 * long as its organization has the member, so a removal needs no second write that could get lost.
 */
export const memberClaims = (platform: OrganizationScope, isMember: IsMember): MemberClaims => ({
  async take(userId, organizationId, now) {
    const known = await readClaim(platform, userId);
    if (known !== null && known.memberOf !== organizationId && (await holds(known, isMember, now)))
      return false;
    if (await write(platform, claimAsRead(platform, { userId, organizationId }, known, now))) return true;
    // Lost a race: against another request of the same user, or against another organization.
    return (await readClaim(platform, userId))?.memberOf === organizationId;
  },
  async release(userId, organizationId, now) {
    // A claim without a member is only valid while it is recent.
    const aged = replace(
      platform,
      MemberClaimItem,
      { userId, memberOf: organizationId, claimedAt: new Date(0).toISOString() },
      {
        where: ({ memberOf, claimedAt }, { eq, lte }) =>
          `${eq(memberOf, organizationId)} AND ${lte(claimedAt, now.toISOString())}`,
      },
    );
    await write(platform, aged);
  },
});

/** The write that claims an identity, provided that its claim hasn't changed since it was read. */
const claimAsRead = (
  platform: OrganizationScope,
  { userId, organizationId }: { readonly userId: UserId; readonly organizationId: OrganizationId },
  known: Claim | null,
  now: Date,
): Write =>
  replace(
    platform,
    MemberClaimItem,
    { userId, memberOf: organizationId, claimedAt: now.toISOString() },
    {
      where: ({ memberOf, claimedAt }, { eq, notExists }) =>
        known === null
          ? notExists(memberOf)
          : `${eq(memberOf, known.memberOf)} AND ${eq(claimedAt, known.claimedAt)}`,
    },
  );

/**
 * The write that claims a user for the platform. The caller must check that no organization has them; the
 * claim alone doesn't show it. Refused if the claim changes meanwhile.
 */
export const claimForPlatform = async (
  platform: OrganizationScope,
  userId: UserId,
  now: Date,
): Promise<Write> =>
  claimAsRead(platform, { userId, organizationId: PLATFORM }, await readClaim(platform, userId), now);

/** The organization that an identity belongs to according to its claim, or undefined. */
export async function organizationClaimed(
  platform: OrganizationScope,
  isMember: IsMember,
  userId: UserId,
  now: Date,
): Promise<OrganizationId | undefined> {
  const known = await readClaim(platform, userId);
  return known !== null && (await holds(known, isMember, now)) ? known.memberOf : undefined;
}

/**
 * Claims the members of an organization that joined before claims existed. Returns those already claimed by
 * another organization: they are members of both, can only access the other one, and have to be removed by
 * an admin of either.
 */
export async function claimMembers(
  platform: OrganizationScope,
  claims: MemberClaims,
  scope: OrganizationScope,
  now: Date,
): Promise<UserId[]> {
  const { organizationId, client, table } = scope;
  const { data: members } = await entityOf(UserItem)
    .query.primary({ organizationId })
    .go({ client, table, pages: 'all', attributes: ['userId'] });
  const keys = members.map(({ userId }) => ({ userId }));
  const claimed = new Map(
    (await findMany(platform, MemberClaimItem, keys)).map(({ userId, memberOf }) => [userId, memberOf]),
  );
  const twice: UserId[] = [];
  for (const { userId } of members)
    if (claimed.get(userId) !== organizationId && !(await claims.take(userId, organizationId, now)))
      twice.push(userId);
  return twice;
}

type Claim = Stored<typeof MemberClaimItem>;

async function holds({ userId, memberOf, claimedAt }: Claim, isMember: IsMember, now: Date) {
  // Super admins are removed manually; see docs/deploy.md.
  if (memberOf === PLATFORM) return true;
  if (now.getTime() - Date.parse(claimedAt) < pendingMs) return true;
  return await isMember(memberOf, userId);
}

const readClaim = (platform: OrganizationScope, userId: UserId): Promise<Claim | null> =>
  find(platform, MemberClaimItem, { userId });
