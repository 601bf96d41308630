import type { OrganizationId } from '../ids.ts';
import { item, list, number, optional, text, value } from '../table/item.ts';

/** How far the deletion of an organization's data is: the platform's, as it outlives that data. */
export const RemovalItem = item({
  name: 'departureRemoval',
  key: ['{organizationId}#departure-removal', '{departing}'],
  isPlatforms: true,
  attributes: {
    departing: text<OrganizationId>(),
    /** The list of partitions that is next, and how many lists there are. */
    next: number(),
    lists: number(),
    /** How many items of each kind were deleted. */
    deleted: value<Readonly<Record<string, number>>>(),
    /** When all partitions were first found to be empty. */
    emptySince: optional(text()),
    leasedUntil: text(),
    /** The certificate's text, to be signed. */
    text: optional(text()),
  },
});

/**
 * Partitions of an organization, noted before the first is deleted: afterwards nothing says which there were.
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
