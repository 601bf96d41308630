import { item, noun, number, text, value } from './item.ts';

/**
 * The record that a deleted item leaves for a while: what it was, and who deleted it. `key` consists of its
 * sort key, its time of creation and its revision.
 */
export const DeletionRecordItem = item({
  name: 'tombstone',
  key: ['{organizationId}#tombstone', '{of}#{key}'],
  attributes: {
    of: text(),
    key: text(),
    item: value<object>(),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
  isStamped: true,
});

export const deletionRecordNoun = noun({
  name: 'deletion-record',
  subjects: [],
  items: [DeletionRecordItem],
});
