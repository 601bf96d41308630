import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { adjust, replace } from '../table/writes.ts';
import { IdempotencyItem, type KeptAnswer } from './idempotency.noun.ts';
import { idempotencyRefusals } from './idempotency.refusals.ts';

/** A request that may be repeated. */
export interface KeyedRequest {
  readonly userId: string;
  readonly route: string;
  readonly key: string;
  /** The parsed input: path, query and body. */
  readonly input: unknown;
  /** The access rules of the caller. */
  readonly rights: unknown;
  /** Identifies this attempt. */
  readonly requestId: string;
}

/** Longer than a function may run (10 s), so that an attempt has ended when its lease expires. */
const leaseMs = 15_000;
const keptSeconds = 24 * 3600;

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

const keyOf = ({ userId, route, key }: KeyedRequest) => ({ request: hash([userId, route, key]) });

/**
 * Starts a request, or returns the response of its first attempt. Null means that the request has to run:
 * it is the first, or the previous attempt failed. Throws `conflict` while an attempt is in progress, and
 * if the caller's rights have changed since, because they may no longer see that response. Throws
 * `idempotency_mismatch` if the key was used with other input.
 */
export async function beginRequest(
  scope: OrganizationScope,
  request: KeyedRequest,
  now: Date,
): Promise<KeptAnswer | null> {
  const input = hash(request.input);
  const ms = now.getTime();
  const seconds = Math.floor(ms / 1000);
  const begun = {
    ...keyOf(request),
    input,
    rights: hash(request.rights),
    holder: request.requestId,
    leaseUntil: ms + leaseMs,
    expiresAt: seconds + keptSeconds,
  };
  const beginning = replace(scope, IdempotencyItem, begun, {
    where: (known, { notExists, lt, eq }) => {
      const ended = `${eq(known.leaseUntil, 0)} OR (${lt(known.leaseUntil, ms)} AND ${eq(known.input, input)})`;
      // DynamoDB deletes expired items late, so they may still exist.
      return `${notExists(known.holder)} OR ${lt(known.expiresAt, seconds)} OR (${notExists(known.answer)} AND (${ended}))`;
    },
    refusal: idempotencyRefusals.request_in_progress,
  });
  try {
    // In a transaction, so that a retry by the SDK doesn't fail on its own first write.
    await transact(scope, [beginning]);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict')
      return await keptAnswer(scope, request, input);
    throw error;
  }
}

async function keptAnswer(
  scope: OrganizationScope,
  request: KeyedRequest,
  input: string,
): Promise<KeptAnswer> {
  const known = await find(scope, IdempotencyItem, keyOf(request));
  if (known !== null && known.input !== input) throw idempotencyRefusals.key_of_another_request();
  if (known?.answer === undefined) throw idempotencyRefusals.request_in_progress();
  if (known.rights !== hash(request.rights)) throw idempotencyRefusals.rights_changed_since();
  return known.answer;
}

/** Changes the record of this attempt, unless another one has taken over. */
const changeOwn = (
  scope: OrganizationScope,
  request: KeyedRequest,
  set: { readonly answer?: KeptAnswer; readonly leaseUntil?: number },
): Promise<void> =>
  transact(scope, [
    adjust(scope, IdempotencyItem, keyOf(request), {
      set,
      where: ({ holder }, { eq }) => eq(holder, request.requestId),
    }),
  ]);

/** Stores the response of a successful request for a day. */
export const keepAnswer = (
  scope: OrganizationScope,
  request: KeyedRequest,
  answer: KeptAnswer,
): Promise<void> => changeOwn(scope, request, { answer });

/** Ends a request that was refused or failed, which releases the key for another attempt. */
export const giveUpRequest = (scope: OrganizationScope, request: KeyedRequest): Promise<void> =>
  changeOwn(scope, request, { leaseUntil: 0 });
