import { type OrganizationId, PLATFORM, type UserId } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { find, findMany } from '../table/reads.ts';
import type { OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { type Write, write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { findUser } from './find-user.ts';
import { MemberClaimItem, UserItem } from './user.noun.ts';

/**
 * Keeps an identity in one organization. A token names only one, so nobody could use a second membership,
 * which would still count as a seat and perhaps as an admin.
 */
export interface MemberClaims {
  /**
   * Claims an identity for an organization before they become a member there. Returns false when they are
   * another organization's member.
   */
  take(userId: UserId, organizationId: OrganizationId, now: Date): Promise<boolean>;
  /**
   * Lets a user who was removed by `now` join another organization at once, instead of when their claim has
   * aged. A claim made since then stays.
   */
  release(userId: UserId, organizationId: OrganizationId, now: Date): Promise<void>;
}

/** Whether somebody is a member of an organization now. */
export type IsMember = (organizationId: OrganizationId, userId: UserId) => Promise<boolean>;

/** Asks the organization itself, where it may be opened. */
export const membershipIn =
  (open: OpenOrganization): IsMember =>
  async (organizationId, userId) =>
    (await findUser(open(organizationId), userId)) !== null;

/** Longer than a request may take: the claimant may be about to write the member. */
const pendingMs = 120_000;

/**
 * Claims in the platform's partition. A condition of the write allows one claim at a time. A claim holds as
 * long as its organization has the member, so a removal needs no second write that could get lost.
 */
export const memberClaims = (platform: OrganizationScope, isMember: IsMember): MemberClaims => ({
  async take(userId, organizationId, now) {
    const known = await readClaim(platform, userId);
    if (known !== null && known.memberOf !== organizationId && (await holds(known, isMember, now)))
      return false;
    if (await write(platform, claimAsRead(platform, { userId, organizationId }, known, now))) return true;
    // Another write was faster: the same person's other request, or another organization.
    return (await readClaim(platform, userId))?.memberOf === organizationId;
  },
  async release(userId, organizationId, now) {
    // A claim without a member holds only while it is young.
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

/** The write that claims an identity, as long as its claim is the one that was read. */
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
 * The write that claims somebody for the platform. Whether an organization has them is for the caller to
 * know: the claim alone doesn't tell. It is refused when the claim moves meanwhile.
 */
export const claimForPlatform = async (
  platform: OrganizationScope,
  userId: UserId,
  now: Date,
): Promise<Write> =>
  claimAsRead(platform, { userId, organizationId: PLATFORM }, await readClaim(platform, userId), now);

/** The organization that an identity is a member of according to its claim, or undefined. */
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
 * Claims the members of an organization that joined before there were claims. Returns those whom another
 * organization has claimed: they are members of both, can reach only the other one, and an admin of either
 * has to remove them.
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
  // Super admins are removed by hand, see docs/deploy.md.
  if (memberOf === PLATFORM) return true;
  if (now.getTime() - Date.parse(claimedAt) < pendingMs) return true;
  return await isMember(memberOf, userId);
}

const readClaim = (platform: OrganizationScope, userId: UserId): Promise<Claim | null> =>
  find(platform, MemberClaimItem, { userId });
