import type * as z from 'zod/mini';
import type { OrganizationId } from '../ids.ts';
import type { Plan, Subscription } from '../subscription/subscription.schema.ts';
import { acts, flag, initially, item, noun, number, optional, text, value } from '../table/item.ts';
import { directoryIndex, directoryOrders } from '../table/layout.ts';
import type { EarlierFacts, Signals } from './health.schema.ts';
import type { Stage } from './onboarding.schema.ts';
import type { ContactPerson } from './organization.schema.ts';
import type { MailPlan, Organization } from './profile.schema.ts';

/**
 * An organization's row in the platform's directory: its exact counts, updated in the transaction that
 * changes what they count, and the profile data that the list shows, updated in the transaction that
 * changes the profile. The platform's own row has counts only. The other orders (`directoryOrders`) share
 * its partition key and use plain attributes as sort keys.
 */
export const DirectoryRowItem = item({
  name: 'directoryRow',
  key: ['{organizationId}#organization', 'directory'],
  attributes: {
    users: initially(number(), 0),
    admins: initially(number(), 0),
    pendingInvitations: initially(number(), 0),
    /** Users and pending invitations, stored as a sum because a condition can't add attributes. */
    seats: initially(number(), 0),
    teams: initially(number(), 0),
    kpis: initially(number(), 0),
    name: optional(text()),
    contactPerson: optional(value<Organization['contactPerson']>()),
    status: optional(text<'active' | 'inactive'>()),
    inactiveReason: optional(text()),
    frozenAt: optional(text()),
    deletionFrom: optional(text()),
    plan: optional(text<Plan>()),
    startDate: optional(text()),
    endDate: optional(text()),
    /** The end date, or a date after all others, so that plans without an end sort last. */
    planEndsOn: optional(text()),
    externalId: optional(text()),
    /** The reminder settings, for scheduled runs. */
    reminders: optional(value<MailPlan>()),
    /** The day (UTC) of its last use; until then, its creation. */
    lastActivityOn: optional(text()),
    /** Its onboarding stage when figures were last computed. */
    stage: optional(text<Stage>()),
    /** Health signals of the last hourly run, besides its counts. */
    signals: optional(value<Signals>()),
    /** Health signals and counts of a week before, to compare with. */
    weekAgo: optional(value<EarlierFacts>()),
    /** When an hourly run first found each onboarding stage reached. Only these runs write it. */
    reached: optional(value<Partial<Record<Stage, string>>>()),
    /** When it was last suspended, and last reactivated. */
    suspendedAt: optional(text()),
    reactivatedAt: optional(text()),
    /** The terms that search finds it by, in the form of `wordsText`. */
    words: optional(text()),
    /** Every user has a place in the lists by name and by joining date; see `orderUsers`. */
    usersInOrder: optional(flag()),
    /** Months (`2021-03`) before that of `createdAt` with audit entries, added by an import. */
    olderAuditMonths: optional(value<ReadonlySet<string>>()),
    /**
     * The month from which that list is complete. Absent if the organization predates the list and hasn't
     * been searched yet.
     */
    olderAuditMonthsFrom: optional(text()),
    revision: optional(number()),
    createdAt: optional(text()),
    updatedAt: optional(text()),
    /** Changes only when the directory grows; see `growDirectory`. */
    directoryShard: optional(number()),
    directoryName: optional(text()),
  },
  places: {
    name: { index: directoryIndex, key: ['platform#organizations#{directoryShard}', '{directoryName}'] },
    planEnd: {
      index: directoryOrders.planEnd,
      key: ['platform#organizations#{directoryShard}', '{planEndsOn}'],
    },
  },
});

/** Claims an external id. Ids are unique because a claim is only written if none exists. */
export const ExternalIdClaimItem = item({
  name: 'externalIdClaim',
  key: ['{organizationId}#organization-external-id', '{externalId}'],
  isPlatforms: true,
  attributes: {
    externalId: text(),
    holder: text<OrganizationId>(),
  },
});

/** Claims an organization's name. Names are unique because a claim is only written if none exists. */
export const NameClaimItem = item({
  name: 'nameClaim',
  key: ['{organizationId}#organization-name', '{name}'],
  isPlatforms: true,
  attributes: {
    name: text(),
    holder: text<OrganizationId>(),
  },
});

/**
 * One search term of an organization, in a slot of its own next to the profile. A slot without a term isn't
 * in the index. Changing the contact person updates the term, but never the index's partition key.
 */
export const OrganizationTermItem = item({
  name: 'organizationTerm',
  key: ['{organizationId}#organization', 'term#{slot}'],
  attributes: {
    slot: text(),
    list: initially(text<'terms'>(), 'terms'),
    term: optional(text()),
    directoryName: optional(text()),
  },
  places: {
    words: { index: directoryIndex, key: ['platform#organization-{list}', '{term}#{directoryName}'] },
  },
});

/** The organization's profile, read on every request of its members. */
export const OrganizationItem = item({
  name: 'organization',
  key: ['{organizationId}#organization', 'profile'],
  shown: {
    name: text(),
    contactPerson: value<z.infer<typeof ContactPerson>>(),
    status: text<'active' | 'inactive'>(),
    inactiveReason: optional(text()),
    /** When it was frozen because it is leaving, and when its data may be deleted. */
    frozenAt: optional(text()),
    deletionFrom: optional(text()),
    plan: text<Plan>(),
    startDate: text(),
    endDate: optional(text()),
    allowedDomains: initially(value<readonly string[]>(), []),
    reminders: optional(value<MailPlan>()),
    externalId: optional(text()),
    metadata: initially(value<Readonly<Record<string, string>>>(), {}),
  },
  hidden: {
    /** The number of webhooks; absent before the first. */
    webhooks: optional(number()),
  },
  trail: {
    ...acts({
      'never: creation': ['organization.created'],
      'puts back': ['organization.updated'],
      'never: platform': [
        'organization.deactivated',
        'organization.reactivated',
        'organization.frozen',
        'organization.unfrozen',
        'subscription.changed',
      ],
      'never: import': ['organization.imported', 'organization.import-undone'],
    }),
  },
});

/**
 * One change of an organization's subscription, stored in its partition. `number` is the resulting
 * revision, in nine digits.
 */
export const SubscriptionChangeItem = item({
  name: 'subscriptionChange',
  key: ['{organizationId}#organization', 'subscription#{number}'],
  attributes: {
    number: text(),
    at: text(),
    by: text(),
    byName: optional(text()),
    role: text(),
    before: optional(value<Subscription>()),
    after: value<Subscription>(),
  },
});

export const organizationNoun = noun({
  name: 'organization',
  subjects: ['Organization'],
  items: [
    DirectoryRowItem,
    ExternalIdClaimItem,
    NameClaimItem,
    OrganizationTermItem,
    OrganizationItem,
    SubscriptionChangeItem,
  ],
});
