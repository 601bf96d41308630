import type { OrganizationId } from '../ids.ts';
import { item, noun, number, optional, text, value } from '../table/item.ts';
import type { DataExport } from './data-export.schema.ts';
import type { Departure } from './departure.schema.ts';
import { RemovalItem, RemovalListItem } from './removal.noun.ts';

/**
 * An organization's departure, from freeze to certificate. It belongs to the platform, so that it outlives
 * the organization, and is kept forever: whatever still arrives for that organization is dropped because of
 * it.
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

/** The export of a leaving organization. Deleted with the organization. */
export const DataExportItem = item({
  name: 'dataExport',
  exported: 'never',
  key: ['{organizationId}#export', 'current'],
  attributes: {
    status: text<Exclude<DataExport['status'], 'expired'>>(),
    /** The freeze it belongs to. */
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
    // A scheduled run has no actor.
    secondary: ['status'],
  },
});

/** An export's progress, and the lease of the run working on it. */
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
