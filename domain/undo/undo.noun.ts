import { item, noun, number, optional, text } from '../table/item.ts';

/**
 * That an audit entry was undone, and by whom. It is created in the transaction of the undo, so that an entry
 * is undone once, and kept for longer than an entry can be undone.
 */
export const UndoneItem = item({
  name: 'undone',
  key: ['{organizationId}#undone', '{entryId}'],
  attributes: {
    entryId: text(),
    by: text(),
    byName: optional(text()),
    at: text(),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
});

export const undoNoun = noun({ name: 'undo', subjects: [], items: [UndoneItem] });
