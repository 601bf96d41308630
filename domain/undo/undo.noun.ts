import { item, noun, optional, text, timeToLive } from '../table/item.ts';

/**
 * Records that an audit entry was undone, and by whom. Created in the undo's transaction, so that an entry
 * is undone only once, and kept longer than an entry can be undone.
 */
export const UndoneItem = item({
  name: 'undone',
  key: ['{organizationId}#undone', '{entryId}'],
  attributes: {
    entryId: text(),
    by: text(),
    byName: optional(text()),
    at: text(),
    expiresAt: timeToLive(),
  },
});

export const undoNoun = noun({ name: 'undo', subjects: [], items: [UndoneItem] });
