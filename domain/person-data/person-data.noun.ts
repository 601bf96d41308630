import type { OrganizationId, UserId } from '../ids.ts';
import { acts, item, noun, number, optional, text, value } from '../table/item.ts';
import type { UpdatedBy } from '../updated-by.schema.ts';

/** The export of what an organization holds about one person: their newest. */
export const PersonExportItem = item({
  name: 'personExport',
  exported: 'never',
  key: ['{organizationId}#export', 'person#{userId}'],
  attributes: {
    userId: text<UserId>(),
    status: text<'waiting' | 'running' | 'ready'>(),
    requestedAt: text(),
    startedAt: optional(text()),
    items: optional(number()),
    bytes: optional(number()),
    completedAt: optional(text()),
    availableUntil: optional(text()),
    objectKey: optional(text()),
  },
  trail: {
    unstampedNoun: 'person-export',
    ...acts({
      'person-export.requested': 'never: event',
      'person-export.completed': 'never: event',
      'person-export.deleted': 'never: expiry',
    }),
    shows: ['userId', 'status', 'requestedAt', 'completedAt', 'availableUntil', 'items', 'bytes'],
    hides: ['objectKey', 'startedAt'],
    // A scheduled run has no actor.
    secondary: ['status'],
  },
});

/** How far such an export is, and until when a run has it. */
export const PersonProgressItem = item({
  name: 'personExportProgress',
  exported: 'never',
  key: ['{organizationId}#export', 'person-progress#{userId}'],
  attributes: { userId: text<UserId>(), leasedUntil: text(), items: number() },
});

/** Organizations in which something of one person is to be exported, and since when: the runs' own list. */
export const PersonDataDueItem = item({
  name: 'personDataDue',
  exported: 'never',
  key: ['{organizationId}#person-data-due', '{dueOrganization}'],
  isPlatforms: true,
  attributes: { dueOrganization: text<OrganizationId>(), dueAt: text() },
});

/** That somebody is erased, under the pseudonym that stands for them from then on: it stays as evidence. */
export const ErasureItem = item({
  name: 'erasure',
  key: ['{organizationId}#erasure', '{pseudonym}'],
  attributes: {
    pseudonym: text<UserId>(),
    status: text<'asked' | 'waiting' | 'running' | 'done' | 'withdrawn'>(),
    requestedAt: text(),
    requestedBy: value<UpdatedBy>(),
    entries: optional(number()),
    items: optional(number()),
    completedAt: optional(text()),
  },
  trail: {
    ...acts({
      'erasure.requested': 'never: kind',
      'erasure.approved': 'never: kind',
      'erasure.withdrawn': 'never: kind',
      'erasure.completed': 'never: expiry',
    }),
    shows: ['pseudonym', 'status', 'requestedAt', 'requestedBy', 'entries', 'items', 'completedAt'],
  },
});

/** Whom an erasure is of. It is what says so, and goes when that is over. */
export const ErasingItem = item({
  name: 'erasing',
  exported: 'never',
  key: ['{organizationId}#erasing', '{userId}'],
  attributes: {
    userId: text<UserId>(),
    pseudonym: text<UserId>(),
    /** What they were called and where they had mail, once that was looked up. */
    knownAs: optional(value<{ readonly emails: readonly string[]; readonly names: readonly string[] }>()),
    entries: number(),
    items: number(),
    /** Since when nothing of them was found. */
    cleanSince: optional(text()),
    leasedUntil: text(),
  },
});

/** Organizations in which somebody is to be erased, and since when: the runs' own list. */
export const ErasureDueItem = item({
  name: 'erasureDue',
  exported: 'never',
  key: ['{organizationId}#erasure-due', '{dueOrganization}'],
  isPlatforms: true,
  attributes: { dueOrganization: text<OrganizationId>(), dueAt: text() },
});

export const personDataNoun = noun({
  name: 'person-data',
  subjects: ['PersonData', 'Erasure'],
  items: [PersonExportItem, PersonProgressItem, PersonDataDueItem, ErasureItem, ErasingItem, ErasureDueItem],
});
