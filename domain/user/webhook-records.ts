import type { Context } from '../context.ts';
import type { OrganizationId, UserId } from '../ids.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { IdentityItem, WebhookReceiptItem } from './user.noun.ts';

/**
 * The platform's records of the identity provider's webhooks: each identity's last state, and the
 * deliveries.
 */

/**
 * A Clerk user's state as reported by a webhook. `clerkTime` is Clerk's `updated_at`, in ms since the
 * epoch.
 */
interface IdentityState {
  readonly userId: UserId;
  readonly belongsTo?: OrganizationId | undefined;
  readonly clerkTime: number;
  readonly deleted: boolean;
}

/** What is known of a Clerk user once a state was recorded. */
interface KnownIdentity {
  /** Whether that state is the latest. */
  readonly status: 'current' | 'outdated' | 'deleted';
  /** The organization last named, and those before it. */
  readonly belongsTo: OrganizationId | undefined;
  readonly belongedTo: readonly OrganizationId[];
}

/**
 * Records a state unless a later one, or the user's deletion, is known: webhooks arrive late, twice and out
 * of order. The same state again is `current`, so that a repeated delivery can finish interrupted work. The
 * organizations that earlier states named are remembered, because a deletion doesn't say whose user it was.
 */
export async function recordIdentity(
  platform: OrganizationScope,
  { userId, clerkTime, deleted, ...state }: IdentityState,
): Promise<KnownIdentity> {
  const known = await find(platform, IdentityItem, { userId });
  const belongsTo = state.belongsTo ?? known?.belongsTo;
  const named = new Set([...(known?.belongedTo ?? []), ...(known?.belongsTo ? [known.belongsTo] : [])]);
  if (belongsTo !== undefined) named.delete(belongsTo);
  const where = { belongsTo, belongedTo: [...named] };
  if (known?.deleted && !deleted) return { status: 'deleted', ...where };
  const unlessLater = replace(
    platform,
    IdentityItem,
    { userId, clerkTime, deleted, ...where },
    {
      where: (kept, { notExists, lte, eq }) =>
        deleted
          ? ''
          : `${notExists(kept.clerkTime)} OR (${lte(kept.clerkTime, clerkTime)} AND ${eq(kept.deleted, false)})`,
    },
  );
  if (await write(platform, unlessLater)) return { status: deleted ? 'deleted' : 'current', ...where };
  const later = await find(platform, IdentityItem, { userId });
  return { status: later?.deleted ? 'deleted' : 'outdated', ...where };
}

/** Every organization that a Clerk user's metadata has named in webhooks. They need not be a member of it. */
export async function organizationsNamed(
  platform: OrganizationScope,
  userId: UserId,
): Promise<OrganizationId[]> {
  const { belongsTo, belongedTo = [] } = (await find(platform, IdentityItem, { userId })) ?? {};
  return [...(belongsTo === undefined ? [] : [belongsTo]), ...belongedTo];
}

// Svix, which delivers Clerk's webhooks, retries for a little more than a day, and a person can resend one
// from Clerk's dashboard.
const keptSeconds = 7 * 86_400;

/**
 * Handles a webhook unless one with its id was handled before. The receipt is written after the work, so a
 * failed delivery is tried again. Two at the same moment are both handled, so the work must be idempotent.
 */
export async function handleOnce(
  { scope: platform, now }: Context,
  deliveryId: string,
  handle: () => Promise<void>,
): Promise<void> {
  if ((await find(platform, WebhookReceiptItem, { deliveryId })) !== null) return;
  await handle();
  const expiresAt = Math.floor(now.getTime() / 1000) + keptSeconds;
  await write(platform, replace(platform, WebhookReceiptItem, { deliveryId, expiresAt }));
}
