import type { Role, TeamRole } from '../access/roles.schema.ts';
import type { OrganizationId, TeamId, UserId } from '../ids.ts';
import {
  acts,
  flag,
  initially,
  item,
  list,
  noun,
  number,
  optional,
  text,
  timeToLive,
  value,
} from '../table/item.ts';
import { memberIndex } from '../table/layout.ts';

/** The value of `joined` for an address of a pending invitation. */
export const notJoined = 'none';

/** An email address within an organization, taken by a user or a pending invitation. */
export const EmailClaimItem = item({
  name: 'emailClaim',
  key: ['{organizationId}#email', '{email}'],
  attributes: {
    email: text(),
    holder: text(),
    /**
     * When the user with this address joined, with their id, or `none`, since the index needs a value.
     * Missing for users of earlier versions.
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

/** A removed member who still has to be unlinked from the organization at the identity provider. */
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
 * The organization last named in a Clerk user's metadata, and Clerk's timestamp of that state (ms). A
 * webhook with an earlier state is dropped, and a deleted user stays deleted.
 */
export const IdentityItem = item({
  name: 'identity',
  key: ['{organizationId}#identity', '{userId}'],
  isPlatforms: true,
  attributes: {
    userId: text<UserId>(),
    belongsTo: optional(text<OrganizationId>()),
    /** Organizations named before that. */
    belongedTo: optional(list<OrganizationId>()),
    clerkTime: number(),
    deleted: flag(),
  },
});

/**
 * The organization that an identity last became a member of; see `MemberClaims`. Belongs to the platform,
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
  shown: {
    userId: text<UserId>(),
    email: text(),
    name: text(),
    role: text<Role>(),
    status: initially(text<'active' | 'deactivated'>(), 'active'),
    /** Whether their account has a second factor; absent until Clerk has reported it. */
    twoFactor: optional(flag()),
  },
  hidden: {
    /**
     * The sort key of the name within the organization, see `nameOrder`. Missing for users of earlier
     * versions.
     */
    nameOrder: optional(text()),
    /** Clerk's timestamp (ms) of the state that name and address were last taken from. */
    identityTime: optional(number()),
    /**
     * Written in one transaction with the team's member items, so that a single read gives the access rules
     * all they need.
     */
    teams: optional(initially(value<Record<TeamId, TeamRole>>(), {})),
  },
  places: {
    byName: {
      index: memberIndex,
      key: ['{organizationId}#users', '{nameOrder}#{userId}'],
      // With this condition both keys are always written together, even for users without them.
      when: () => true,
    },
  },
  trail: {
    ...acts({
      'never: joining': ['user.joined'],
      'never: account': ['user.identity-changed', 'user.account-deleted'],
      'puts back': ['user.role-changed', 'user.deactivated', 'user.reactivated'],
      'brings back': ['user.removed'],
      'takes away': ['user.restored'],
      'never: import': ['user.imported', 'user.import-undone'],
    }),
    // Learning it for the first time isn't an audited change.
    secondary: ['twoFactor'],
  },
});

/** A processed webhook, by its sender's message id. Kept for as long as it may be delivered again. */
export const WebhookReceiptItem = item({
  name: 'webhookReceipt',
  key: ['{organizationId}#webhook', '{deliveryId}'],
  isPlatforms: true,
  attributes: {
    deliveryId: text(),
    expiresAt: timeToLive(),
  },
});

export const userNoun = noun({
  name: 'user',
  subjects: ['User'],
  items: [EmailClaimItem, UnlinkItem, IdentityItem, MemberClaimItem, UserItem, WebhookReceiptItem],
});
