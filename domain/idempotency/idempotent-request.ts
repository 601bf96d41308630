import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/write.ts';
import { adjust, replace } from '../table/writes.ts';
import { IdempotencyItem, type KeptAnswer } from './idempotency.noun.ts';
import { idempotencyRefusals } from './idempotency.refusals.ts';

/** A request that may come twice. */
export interface KeyedRequest {
  readonly userId: string;
  readonly route: string;
  readonly key: string;
  /** The parsed input: path, query and body. */
  readonly input: unknown;
  /** The rules that let the caller ask it. */
  readonly rights: unknown;
  /** Names this attempt. */
  readonly requestId: string;
}

/** Longer than a function may run (10 s): when a lease is over, its attempt is too. */
const leaseMs = 15_000;
const keptSeconds = 24 * 3600;

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

const keyOf = ({ userId, route, key }: KeyedRequest) => ({ request: hash([userId, route, key]) });

/**
 * Begins a request, or answers what its first attempt was answered with. Null: it is the first, or the
 * attempt before it ended without success, so run it. Throws `conflict` while an attempt is under way, and
 * when the caller's rights are others than then: what they may not see any more isn't shown again. Throws
 * `idempotency_mismatch` when the key was used for another input.
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
      // Time to live deletes late: what is over may still be there.
      return `${notExists(known.holder)} OR ${lt(known.expiresAt, seconds)} OR (${notExists(known.answer)} AND (${ended}))`;
    },
    refusal: idempotencyRefusals.request_in_progress,
  });
  try {
    // In a transaction, so that the SDK may send it again without meeting itself.
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

/** Changes what is kept of this attempt, while no other one has taken over. */
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

/** Keeps the answer of a request that was done, for a day. */
export const keepAnswer = (
  scope: OrganizationScope,
  request: KeyedRequest,
  answer: KeptAnswer,
): Promise<void> => changeOwn(scope, request, { answer });

/** Ends a request that was refused or failed: the key is free for the next attempt, whatever it asks. */
export const giveUpRequest = (scope: OrganizationScope, request: KeyedRequest): Promise<void> =>
  changeOwn(scope, request, { leaseUntil: 0 });
