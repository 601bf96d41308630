import type { Role, TeamRole } from '../access/roles.schema.ts';
import type { OrganizationId, TeamId, UserId } from '../ids.ts';
import { acts, flag, initially, item, list, noun, number, optional, text, value } from '../table/item.ts';
import { memberIndex } from '../table/layout.ts';

/** The `joined` of an address that an open invitation has. */
export const notJoined = 'none';

/** One e-mail address in an organization, taken by a user or an open invitation. */
export const EmailClaimItem = item({
  name: 'emailClaim',
  key: ['{organizationId}#email', '{email}'],
  attributes: {
    email: text(),
    holder: text(),
    /**
     * When the user who has it joined, with their id, or `none`: the index always needs a value. Users of
     * earlier versions lack it.
     */
    joined: optional(text()),
  },
  places: {
    byJoining: {
      index: memberIndex,
      key: ['{organizationId}#joined', '{joined}'],
      when: ({ joined }) => joined !== notJoined,
    },
  },
});

/** A removed member, to be unlinked from the organization at the identity provider. */
export const UnlinkItem = item({
  name: 'forgetting',
  exported: 'never',
  key: ['{organizationId}#forgetting', '{userId}'],
  attributes: {
    userId: text<UserId>(),
    removedAt: text(),
  },
});

/**
 * The organization that a Clerk user's metadata named last, and Clerk's own time of that state (ms). A
 * webhook with an earlier state is dropped, and a deleted user stays deleted.
 */
export const IdentityItem = item({
  name: 'identity',
  key: ['{organizationId}#identity', '{userId}'],
  isPlatforms: true,
  attributes: {
    userId: text<UserId>(),
    belongsTo: optional(text<OrganizationId>()),
    /** The organizations that were named before it. */
    belongedTo: optional(list<OrganizationId>()),
    clerkTime: number(),
    deleted: flag(),
  },
});

/**
 * The organization that an identity became a member of last, see `MemberClaims`. It is the platform's item,
 * because it decides between organizations.
 */
export const MemberClaimItem = item({
  name: 'memberClaim',
  key: ['{organizationId}#member-claim', '{userId}'],
  isPlatforms: true,
  attributes: {
    userId: text<UserId>(),
    memberOf: text<OrganizationId>(),
    claimedAt: text(),
  },
});

/** A Clerk identity as a member of one organization. */
export const UserItem = item({
  name: 'user',
  key: ['{organizationId}#user', '{userId}'],
  attributes: {
    userId: text<UserId>(),
    email: text(),
    name: text(),
    /** Where the name stands among the organization's, see `nameOrder`. Users of earlier versions lack it. */
    nameOrder: optional(text()),
    role: text<Role>(),
    status: initially(text<'active' | 'deactivated'>(), 'active'),
    /** Clerk's time (ms) of the state that the name and address were last taken from. */
    identityTime: optional(number()),
    /** Whether their account has a second factor; absent until Clerk has told. */
    twoFactor: optional(flag()),
    /**
     * Written in one transaction with the team's own record of its members, so that a single read gives the
     * access rules all they need.
     */
    teams: optional(initially(value<Record<TeamId, TeamRole>>(), {})),
  },
  places: {
    byName: {
      index: memberIndex,
      key: ['{organizationId}#users', '{nameOrder}#{userId}'],
      // With a condition both keys are written at once, of a user too who had none of them.
      when: () => true,
    },
  },
  trail: {
    ...acts({
      'user.joined': 'never: joining',
      'user.identity-changed': 'never: account',
      'user.role-changed': 'puts back',
      'user.deactivated': 'puts back',
      'user.reactivated': 'puts back',
      'user.removed': 'brings back',
      'user.restored': 'takes away',
      'user.account-deleted': 'never: account',
      'user.imported': 'never: import',
      'user.import-undone': 'never: import',
    }),
    shows: ['userId', 'email', 'name', 'role', 'status', 'twoFactor'],
    hides: ['nameOrder', 'teams', 'identityTime'],
    // The first that is heard of it is no change that anybody made.
    secondary: ['twoFactor'],
  },
});

/**
 * A webhook that was handled, by the id that its sender gave it. Kept for as long as it may be delivered
 * again.
 */
export const WebhookReceiptItem = item({
  name: 'webhookReceipt',
  key: ['{organizationId}#webhook', '{deliveryId}'],
  isPlatforms: true,
  attributes: {
    deliveryId: text(),
    expiresAt: number(),
  },
});

export const userNoun = noun({
  name: 'user',
  subjects: ['User'],
  items: [EmailClaimItem, UnlinkItem, IdentityItem, MemberClaimItem, UserItem, WebhookReceiptItem],
});
