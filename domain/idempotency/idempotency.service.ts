import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, transact, update } from '../table/write.ts';
import { IdempotencyItem, type KeptAnswer } from './idempotency.noun.ts';

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

const keyOf = ({ organizationId }: OrganizationScope, { userId, route, key }: KeyedRequest) => ({
  organizationId,
  request: hash([userId, route, key]),
});

const held = () =>
  new AppError(
    'conflict',
    'A request with this Idempotency-Key is being processed. Ask again in a few seconds for its answer.',
  );

const changedRights = () =>
  new AppError(
    'conflict',
    'A request with this Idempotency-Key was done, and your role or teams have changed since. Read what there is now instead.',
  );

/**
 * Begins a request, or answers what its first attempt was answered with. Null: it is the first, or the attempt before it ended
 * without success, so run it. Throws `conflict` while an attempt is under way, and when the caller's rights are others than then: what
 * they may not see any more isn't shown again. Throws `idempotency_mismatch` when the key was used for another input.
 */
export async function beginRequest(
  scope: OrganizationScope,
  request: KeyedRequest,
  now: Date,
): Promise<KeptAnswer | null> {
  const input = hash(request.input);
  const ms = now.getTime();
  const seconds = Math.floor(ms / 1000);
  const item = entityOf(IdempotencyItem)
    .put({
      ...keyOf(scope, request),
      input,
      rights: hash(request.rights),
      holder: request.requestId,
      leaseUntil: ms + leaseMs,
      expiresAt: seconds + keptSeconds,
    })
    .where((known, { notExists, lt, eq }) => {
      const ended = `${eq(known.leaseUntil, 0)} OR (${lt(known.leaseUntil, ms)} AND ${eq(known.input, input)})`;
      // Time to live deletes late: what is over may still be there.
      return `${notExists(known.holder)} OR ${lt(known.expiresAt, seconds)} OR (${notExists(known.answer)} AND (${ended}))`;
    });
  try {
    await transact(scope, [put(scope, item, held)]);
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
  const { client, table } = scope;
  const { data } = await entityOf(IdempotencyItem)
    .get(keyOf(scope, request))
    .go({ client, table, consistent: true });
  if (data !== null && data.input !== input)
    throw new AppError(
      'idempotency_mismatch',
      'This Idempotency-Key was used for another request. Take a new key for each new request.',
    );
  if (data?.answer === undefined) throw held();
  if (data.rights !== hash(request.rights)) throw changedRights();
  return data.answer;
}

const ownAttempt = (
  scope: OrganizationScope,
  request: KeyedRequest,
  change: { readonly answer?: KeptAnswer; readonly leaseUntil?: number },
) =>
  entityOf(IdempotencyItem)
    .patch(keyOf(scope, request))
    .set(change)
    .where(({ holder }, { eq }) => eq(holder, request.requestId));

/** Keeps the answer of a request that was done, for a day. */
export async function keepAnswer(
  scope: OrganizationScope,
  request: KeyedRequest,
  answer: KeptAnswer,
): Promise<void> {
  await transact(scope, [update(scope, ownAttempt(scope, request, { answer }))]);
}

/** Ends a request that was refused or failed: the key is free for the next attempt, whatever it asks. */
export async function giveUpRequest(scope: OrganizationScope, request: KeyedRequest): Promise<void> {
  await transact(scope, [update(scope, ownAttempt(scope, request, { leaseUntil: 0 }))]);
}
