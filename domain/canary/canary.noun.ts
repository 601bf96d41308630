import { item, noun, text } from '../table/item.ts';
import { memberIndex } from '../table/layout.ts';

/** A probe organization's item: the canary writes it, and tries to reach it from the other one. */
const ProbeItem = item({
  name: 'probe',
  exported: 'never',
  key: ['{organizationId}#canary', '{name}'],
  attributes: {
    name: text(),
    /** When it was written. */
    at: text(),
  },
  places: {
    own: { index: memberIndex, key: ['{organizationId}#canary', '{name}'] },
  },
});

export const canaryNoun = noun({
  name: 'canary',
  subjects: [],
  items: [ProbeItem],
});
