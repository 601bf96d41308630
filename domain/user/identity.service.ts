import { AppError } from '../errors.ts';
import type { OrganizationId, UserId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, transact } from '../table/write.ts';
import { IdentityItem } from './user.noun.ts';

/** A state of a Clerk user as a webhook tells it. `clerkTime` is Clerk's `updated_at`, ms since the epoch. */
export interface IdentityState {
  readonly userId: UserId;
  readonly belongsTo?: OrganizationId | undefined;
  readonly clerkTime: number;
  readonly deleted: boolean;
}

/** What is known of a Clerk user after a state was told: whether that state holds, the organization named last, and those before. */
interface KnownIdentity {
  readonly standing: 'current' | 'outdated' | 'deleted';
  readonly belongsTo?: OrganizationId | undefined;
  readonly belongedTo: readonly OrganizationId[];
}

/**
 * Records a state unless a later one, or the user's deletion, is known: webhooks come late, twice and out of order. The same
 * state again is `current`, so that a repeated delivery can finish interrupted work. The organization that was named last is
 * remembered when a state names none, and those before it: a deletion doesn't say whose user it was.
 */
export async function recordIdentity(
  platform: OrganizationScope,
  state: IdentityState,
): Promise<KnownIdentity> {
  const known = await readIdentity(platform, state.userId);
  const belongsTo = state.belongsTo ?? known?.belongsTo;
  const named = new Set([...(known?.belongedTo ?? []), ...(known?.belongsTo ? [known.belongsTo] : [])]);
  if (belongsTo !== undefined) named.delete(belongsTo);
  const belongedTo = [...named];
  const where = { ...(belongsTo === undefined ? {} : { belongsTo }), belongedTo };
  if (known?.deleted && !state.deleted) return { standing: 'deleted', ...where };
  const { organizationId } = platform;
  const { userId, clerkTime, deleted } = state;
  const item = entityOf(IdentityItem)
    .put({ organizationId, userId, clerkTime, deleted, ...where })
    .where((kept, { notExists, lte, eq }) =>
      deleted
        ? ''
        : `${notExists(kept.clerkTime)} OR (${lte(kept.clerkTime, clerkTime)} AND ${eq(kept.deleted, false)})`,
    );
  try {
    await transact(platform, [put(platform, item, () => new AppError('stale', 'A later state is known.'))]);
    return { standing: deleted ? 'deleted' : 'current', ...where };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'stale')) throw error;
    const later = await readIdentity(platform, state.userId);
    return { standing: later?.deleted ? 'deleted' : 'outdated', ...where };
  }
}

/** Every organization that a Clerk user's metadata have named, as far as webhooks told: they need not be a member of it. */
export async function organizationsNamed(
  platform: OrganizationScope,
  userId: UserId,
): Promise<OrganizationId[]> {
  const known = await readIdentity(platform, userId);
  const { belongsTo, belongedTo = [] } = known ?? {};
  return [...(belongsTo === undefined ? [] : [belongsTo]), ...belongedTo];
}

async function readIdentity({ organizationId, client, table }: OrganizationScope, userId: UserId) {
  const { data } = await entityOf(IdentityItem).get({ organizationId, userId }).go({
    client,
    table,
    consistent: true,
  });
  return data;
}
