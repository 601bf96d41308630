import { type OrganizationId, PLATFORM, type UserId } from '../ids.ts';
import { untilRead } from '../table/batch-read.ts';
import { happened } from '../table/conditional.ts';
import { entityOf } from '../table/entity.ts';
import type { OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { MemberClaimItem, UserItem } from './user.noun.ts';
import { findUser } from './user.service.ts';

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
    const claim = { organizationId: platform.organizationId, userId, memberOf: organizationId };
    const asRead = entityOf(MemberClaimItem)
      .put({ ...claim, claimedAt: now.toISOString() })
      .where(({ memberOf, claimedAt }, { eq, notExists }) =>
        known === null
          ? notExists(memberOf)
          : `${eq(memberOf, known.memberOf)} AND ${eq(claimedAt, known.claimedAt)}`,
      );
    const { client, table } = platform;
    if (await happened(asRead.go({ client, table }))) return true;
    // Somebody was faster: the same person's other request, or another organization.
    return (await readClaim(platform, userId))?.memberOf === organizationId;
  },
  async release(userId, organizationId, now) {
    const { client, table } = platform;
    const aged = { organizationId: platform.organizationId, userId, memberOf: organizationId };
    // A claim without a member holds only while it is young.
    await happened(
      entityOf(MemberClaimItem)
        .put({ ...aged, claimedAt: new Date(0).toISOString() })
        .where(
          ({ memberOf, claimedAt }, { eq, lte }) =>
            `${eq(memberOf, organizationId)} AND ${lte(claimedAt, now.toISOString())}`,
        )
        .go({ client, table }),
    );
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
  const claimed = new Map<UserId, OrganizationId>();
  const keys = members.map(({ userId }) => ({ organizationId: platform.organizationId, userId }));
  await untilRead(keys, async (left) => {
    const at = { client: platform.client, table: platform.table, concurrency: 3 };
    const { data, unprocessed } = await entityOf(MemberClaimItem).get(left).go(at);
    for (const { userId, memberOf } of data) claimed.set(userId, memberOf);
    return unprocessed;
  });
  const twice: UserId[] = [];
  for (const { userId } of members)
    if (claimed.get(userId) !== organizationId && !(await claims.take(userId, organizationId, now)))
      twice.push(userId);
  return twice;
}

type Claim = NonNullable<Awaited<ReturnType<typeof readClaim>>>;

async function holds({ userId, memberOf, claimedAt }: Claim, open: OpenOrganization, now: Date) {
  // Super admins are put in and taken out by hand: docs/deploy.md.
  if (memberOf === PLATFORM) return true;
  if (now.getTime() - Date.parse(claimedAt) < pendingMs) return true;
  return (await findUser(open(memberOf), userId)) !== null;
}

async function readClaim({ organizationId, client, table }: OrganizationScope, userId: UserId) {
  const { data } = await entityOf(MemberClaimItem).get({ organizationId, userId }).go({
    client,
    table,
    consistent: true,
  });
  return data;
}
