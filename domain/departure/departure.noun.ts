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
  shown: {
    departing: text<OrganizationId>(),
    name: text(),
    reason: text(),
    stage: text<Departure['stage']>(),
    frozenAt: text(),
    deletionFrom: text(),
    approvalId: optional(text()),
    deletionStartedAt: optional(text()),
    deletedAt: optional(text()),
    certificate: optional(value<NonNullable<Departure['certificate']>>()),
  },
  hidden: {
    startedBy: value<Departure['startedBy']>(),
  },
  trail: {
    actions: ['departure.started', 'departure.undone', 'departure.deletion-started', 'departure.completed'],
  },
});

/** The export of a leaving organization. Deleted with the organization. */
export const DataExportItem = item({
  name: 'dataExport',
  exported: 'never',
  key: ['{organizationId}#export', 'current'],
  shown: {
    status: text<Exclude<DataExport['status'], 'expired'>>(),
    /** The freeze it belongs to. */
    frozenAt: text(),
    startsAt: text(),
    completedAt: optional(text()),
    availableUntil: optional(text()),
    items: optional(number()),
    bytes: optional(number()),
  },
  hidden: {
    startedAt: optional(text()),
    attempts: number(),
    objectKey: optional(text()),
  },
  trail: {
    unstampedNoun: 'data-export',
    actions: ['data-export.requested', 'data-export.completed', 'data-export.failed'],
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
