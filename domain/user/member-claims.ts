import { type OrganizationId, PLATFORM, type UserId } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { find, findMany } from '../table/reads.ts';
import type { OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { write } from '../table/write.ts';
import { replace } from '../table/writes.ts';
import { findUser } from './find-user.ts';
import { MemberClaimItem, UserItem } from './user.noun.ts';

/**
 * Holds an identity to one organization. A token names one organization only, so a second membership would be
 * one that nobody can use, and that still counts as a seat, and as an admin.
 */
export interface MemberClaims {
  /**
   * Takes an identity for an organization, before they become a member there. False: another organization has
   * them.
   */
  take(userId: UserId, organizationId: OrganizationId, now: Date): Promise<boolean>;
  /**
   * Lets somebody who was removed by `now` join another organization at once, and not only when a fresh claim
   * has aged. One that was taken since stays.
   */
  release(userId: UserId, organizationId: OrganizationId, now: Date): Promise<void>;
}

/**
 * For longer than a request may take: whoever has just claimed an identity may be about to write the member.
 */
const pendingMs = 120_000;

/**
 * Claims in the platform's partition. One claim is taken at a time (a condition of the write), and a claim
 * holds as long as its organization has the member, so that a removal needs no second write that could get
 * lost.
 */
export const memberClaims = (platform: OrganizationScope, open: OpenOrganization): MemberClaims => ({
  async take(userId, organizationId, now) {
    const known = await readClaim(platform, userId);
    if (known !== null && known.memberOf !== organizationId && (await holds(known, open, now))) return false;
    const asRead = replace(
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
    if (await write(platform, asRead)) return true;
    // Somebody was faster: the same person's other request, or another organization.
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

/**
 * The organization that has an identity as its member, as far as its claim tells; undefined when none has.
 */
export async function organizationClaimed(
  platform: OrganizationScope,
  open: OpenOrganization,
  userId: UserId,
  now: Date,
): Promise<OrganizationId | undefined> {
  const known = await readClaim(platform, userId);
  return known !== null && (await holds(known, open, now)) ? known.memberOf : undefined;
}

/**
 * Claims the members of an organization that became members before there were claims. Answers those whom
 * another organization has: they are members twice, reach the other one only, and an admin of one of the two
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

async function holds({ userId, memberOf, claimedAt }: Claim, open: OpenOrganization, now: Date) {
  // Super admins are put in and taken out by hand: docs/deploy.md.
  if (memberOf === PLATFORM) return true;
  if (now.getTime() - Date.parse(claimedAt) < pendingMs) return true;
  return (await findUser(open(memberOf), userId)) !== null;
}

const readClaim = (platform: OrganizationScope, userId: UserId): Promise<Claim | null> =>
  find(platform, MemberClaimItem, { userId });
