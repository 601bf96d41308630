import { item, noun, number, optional, text, timeToLive, value } from '../table/item.ts';

/** The stored response to a request, complete enough to replay it. */
export interface KeptAnswer {
  readonly status: number;
  readonly body?: string | undefined;
  readonly etag?: string | undefined;
}

/** One request with an `Idempotency-Key`; in progress until its response is stored. */
export const IdempotencyItem = item({
  name: 'idempotency',
  exported: 'never',
  key: ['{organizationId}#request', '{request}'],
  attributes: {
    /** Hash of the user, the route and the key. */
    request: text(),
    /** Hash of the input. */
    input: text(),
    /** Hash of the caller's rights at that time. */
    rights: text(),
    /** The request id of the attempt that holds the lease. */
    holder: text(),
    /**
     * Until when that attempt may still be running, ms since the epoch; 0 if it ended without a response to
     * store.
     */
    leaseUntil: number(),
    answer: optional(value<KeptAnswer>()),
    expiresAt: timeToLive(),
  },
});

export const idempotencyNoun = noun({
  name: 'idempotency',
  subjects: [],
  items: [IdempotencyItem],
});
