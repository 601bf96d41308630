import { item, noun, text, timeToLive, value } from './item.ts';

/**
 * The record of a deleted item, kept for a while: its content, and who deleted it. `key` consists of its
 * sort key, creation time and revision.
 */
export const DeletionRecordItem = item({
  name: 'tombstone',
  key: ['{organizationId}#tombstone', '{of}#{key}'],
  attributes: {
    of: text(),
    key: text(),
    item: value<object>(),
    expiresAt: timeToLive(),
  },
  isStamped: true,
});

export const deletionRecordNoun = noun({
  name: 'deletion-record',
  subjects: [],
  items: [DeletionRecordItem],
});
