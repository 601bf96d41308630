import type { OrganizationId } from '../ids.ts';
import { noun } from '../noun.ts';
import { item, optional, text, value } from '../table/item.ts';
import type { Departure } from './departure.schema.ts';

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

export const departureNoun = noun({
  name: 'departure',
  subjects: ['Departure'],
  items: [DepartureItem],
});
