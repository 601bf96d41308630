import type { OrganizationId } from '../ids.ts';
import { item, list, number, optional, text, value } from '../table/item.ts';

/** The progress of a deletion; stored on the platform, since it outlives the data. */
export const RemovalItem = item({
  name: 'departureRemoval',
  key: ['{organizationId}#departure-removal', '{departing}'],
  isPlatforms: true,
  attributes: {
    departing: text<OrganizationId>(),
    /** The next list of partitions, and the number of lists. */
    next: number(),
    lists: number(),
    /** The number of deleted items by kind. */
    deleted: value<Readonly<Record<string, number>>>(),
    /** When all partitions were first found empty. */
    emptySince: optional(text()),
    leasedUntil: text(),
    /** The certificate's text, to be signed. */
    text: optional(text()),
  },
});

/**
 * Partitions of an organization, stored before the first one is deleted, since they can't be found
 * afterwards.
 */
export const RemovalListItem = item({
  name: 'departurePartitions',
  key: ['{organizationId}#departure-partitions', '{departing}#{number}'],
  isPlatforms: true,
  attributes: {
    departing: text<OrganizationId>(),
    number: text(),
    partitions: list(),
  },
});
