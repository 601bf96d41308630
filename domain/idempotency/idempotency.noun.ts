import { noun } from '../noun.ts';
import { item, number, optional, text, value } from '../table/item.ts';

/** What a request was answered with: enough to answer its repetition alike. */
export interface KeptAnswer {
  readonly status: number;
  readonly body?: string | undefined;
  readonly etag?: string | undefined;
}

/** One request with an `Idempotency-Key`: under way until its answer is kept. */
export const IdempotencyItem = item({
  name: 'idempotency',
  key: ['{organizationId}#request', '{request}'],
  attributes: {
    /** Hash of who asked which route with which key. */
    request: text(),
    /** Hash of what was asked. */
    input: text(),
    /** Hash of what the caller might do then. */
    rights: text(),
    /** The request id of the attempt that holds the lease. */
    holder: text(),
    /**
     * Until when that attempt may still be running, ms since the epoch; 0 when it has ended without an answer
     * to keep.
     */
    leaseUntil: number(),
    answer: optional(value<KeptAnswer>()),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
});

export const idempotencyNoun = noun({
  name: 'idempotency',
  subjects: [],
  items: [IdempotencyItem],
});
