import type { OrganizationId, UserId } from '../ids.ts';
import { acts, item, noun, number, optional, text } from '../table/item.ts';

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
    }),
    shows: ['userId', 'status', 'requestedAt', 'completedAt', 'availableUntil', 'items', 'bytes'],
    hides: ['objectKey', 'startedAt'],
    // That it runs is no act of anybody's.
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

export const personDataNoun = noun({
  name: 'person-data',
  subjects: ['PersonData'],
  items: [PersonExportItem, PersonProgressItem, PersonDataDueItem],
});
