import { AppError } from '../errors.ts';
import type { OrganizationId, UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, transact } from '../table/write.ts';
import { IdentityEntity } from './identity.entity.ts';

/** A state of a Clerk user as a webhook tells it. `clerkTime` is Clerk's `updated_at`, ms since the epoch. */
export interface IdentityState {
  readonly userId: UserId;
  readonly belongsTo?: OrganizationId | undefined;
  readonly clerkTime: number;
  readonly deleted: boolean;
}

/**
 * Records a state unless a later one, or the user's deletion, is known: webhooks come late, twice and out of order.
 * Answers whether the state is current; the same state again is, so that a repeated delivery can finish interrupted work.
 */
export async function recordIdentity(platform: OrganizationScope, state: IdentityState): Promise<boolean> {
  const { organizationId } = platform;
  const { belongsTo, ...rest } = state;
  const item = IdentityEntity.put({
    organizationId,
    ...rest,
    ...(belongsTo === undefined ? {} : { belongsTo }),
  }).where(({ clerkTime, deleted }, { notExists, lte, eq }) =>
    state.deleted
      ? ''
      : `${notExists(clerkTime)} OR (${lte(clerkTime, state.clerkTime)} AND ${eq(deleted, false)})`,
  );
  try {
    await transact(platform, [put(platform, item, () => new AppError('stale', 'A later state is known.'))]);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'stale') return false;
    throw error;
  }
}
