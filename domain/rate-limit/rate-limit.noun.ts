import { item, noun, number, text, timeToLive } from '../table/item.ts';

/** How many numbers were taken for requests of one minute. */
export const RateWindowItem = item({
  name: 'rateWindow',
  exported: 'never',
  key: ['{organizationId}#rate', '{of}#{minute}'],
  attributes: {
    /** `all` for an organization, or one user of the platform. */
    of: text(),
    /** UTC, `yyyy-mm-ddThh:mm`. */
    minute: text(),
    numbered: number(),
    expiresAt: timeToLive(),
  },
});

export const rateLimitNoun = noun({
  name: 'rate-limit',
  subjects: [],
  items: [RateWindowItem],
});
