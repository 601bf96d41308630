import { noun } from '../noun.ts';
import { item, number, text } from '../table/item.ts';

/** How many requests of one minute have been given a number. */
export const RateWindowItem = item({
  name: 'rateWindow',
  key: ['{organizationId}#rate', '{of}#{minute}'],
  attributes: {
    /** `all` of an organization, or one user of the platform. */
    of: text(),
    /** UTC, `yyyy-mm-ddThh:mm`. */
    minute: text(),
    numbered: number(),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
});

export const rateLimitNoun = noun({
  name: 'rate-limit',
  subjects: [],
  items: [RateWindowItem],
});
