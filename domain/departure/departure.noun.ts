import type { OrganizationId } from '../ids.ts';
import { item, noun, number, optional, text, value } from '../table/item.ts';
import type { DataExport } from './data-export.schema.ts';
import type { Departure } from './departure.schema.ts';
import { RemovalItem, RemovalListItem } from './removal.noun.ts';

/**
 * An organization's leaving, from the freeze to the certificate. It is the platform's, so that it outlives
 * what it is about, and it stays: it says that whatever still comes of that organization is to be dropped.
 */
export const DepartureItem = item({
  name: 'departure',
  key: ['{organizationId}#departure', '{departing}'],
  isPlatforms: true,
  attributes: {
    departing: text<OrganizationId>(),
    name: text(),
    reason: text(),
    stage: text<Departure['stage']>(),
    frozenAt: text(),
    deletionFrom: text(),
    startedBy: value<Departure['startedBy']>(),
    approvalId: optional(text()),
    deletionStartedAt: optional(text()),
    deletedAt: optional(text()),
    certificate: optional(value<NonNullable<Departure['certificate']>>()),
  },
  trail: {
    actions: ['departure.started', 'departure.undone', 'departure.deletion-started', 'departure.completed'],
    shows: [
      'departing',
      'name',
      'reason',
      'stage',
      'frozenAt',
      'deletionFrom',
      'approvalId',
      'deletionStartedAt',
      'deletedAt',
      'certificate',
    ],
    hides: ['startedBy'],
  },
});

/** The export of an organization that leaves. It goes with the organization. */
export const DataExportItem = item({
  name: 'dataExport',
  exported: 'never',
  key: ['{organizationId}#export', 'current'],
  attributes: {
    status: text<Exclude<DataExport['status'], 'expired'>>(),
    /** The freeze that it is of. */
    frozenAt: text(),
    startsAt: text(),
    startedAt: optional(text()),
    attempts: number(),
    items: optional(number()),
    bytes: optional(number()),
    completedAt: optional(text()),
    availableUntil: optional(text()),
    objectKey: optional(text()),
  },
  trail: {
    unstampedNoun: 'data-export',
    actions: ['data-export.requested', 'data-export.completed', 'data-export.failed'],
    shows: ['status', 'frozenAt', 'startsAt', 'completedAt', 'availableUntil', 'items', 'bytes'],
    hides: ['objectKey', 'attempts', 'startedAt'],
    // That it runs is no act of anybody's.
    secondary: ['status'],
  },
});

/** How far an export is, and until when a run has it. */
export const ExportProgressItem = item({
  name: 'exportProgress',
  exported: 'never',
  key: ['{organizationId}#export', 'progress'],
  attributes: { leasedUntil: text(), items: number() },
});

export const departureNoun = noun({
  name: 'departure',
  subjects: ['Departure', 'DataExport'],
  items: [DepartureItem, DataExportItem, ExportProgressItem, RemovalItem, RemovalListItem],
});
