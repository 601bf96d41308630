import { rulesFor } from '../access/ability.ts';
import type { Rule } from '../access/rules.ts';
import type { Context } from '../context.ts';
import { UserId } from '../ids.ts';
import { assertServed } from '../organization/assert-served.ts';
import { organizationFrom, organizationRead } from '../organization/find-organization.ts';
import type { Organization } from '../organization/profile.schema.ts';
import { itemsOf } from '../table/batch-read.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { findUser } from '../user/find-user.ts';
import type { User } from '../user/profile.schema.ts';
import { ApiKeyItem } from './api-key.noun.ts';
import { type ApiKeyId, apiKeyRefusals } from './api-key.schema.ts';
import { isSameHash, type readKeyText } from './key-text.ts';
import { narrowed } from './scopes.ts';

type Presented = NonNullable<ReturnType<typeof readKeyText>>;
type StoredKey = Stored<typeof ApiKeyItem>;

/** Why a key itself is refused. */
type KeyRefusal = 'key_unknown' | 'key_expired';

/** Null if the presented key is valid at `now`. */
function refusalOf(stored: StoredKey | null, { hash }: Presented, now: Date): KeyRefusal | null {
  if (stored === null || !isSameHash(stored.hash, hash)) return 'key_unknown';
  return stored.endsAt !== undefined && stored.endsAt <= now.toISOString() ? 'key_expired' : null;
}

/** Whether a key belongs to its organization and is valid at `now`; reads nothing else. */
export const judgeKey = async (
  scope: OrganizationScope,
  presented: Presented,
  now: Date,
): Promise<KeyRefusal | null> =>
  refusalOf(await find(scope, ApiKeyItem, { apiKeyId: presented.apiKeyId }), presented, now);

/**
 * A key's id where the product expects a user id, such as in rate limits. No user has it, since Clerk's ids
 * contain no second underscore.
 */
export const machineUserId = (id: ApiKeyId): UserId => UserId.parse(`user_${id}`);

/** An authenticated API key: the user it acts as, and its rules. */
export interface Machine {
  readonly key: Pick<StoredKey, 'apiKeyId' | 'name' | 'scopes' | 'lastUsedAt'>;
  readonly user: User;
  readonly organization: Organization;
  readonly rules: Rule[];
}

/** The organization itself as the caller: an admin's rights, limited by the key's scopes. */
const organizationAsUser = ({ apiKeyId, name, organizationId, ...stored }: StoredKey): User => ({
  userId: machineUserId(apiKeyId),
  name,
  organizationId,
  email: '',
  role: 'org_admin',
  status: 'active',
  teams: {},
  revision: stored.revision,
  createdAt: stored.createdAt,
  updatedAt: stored.updatedAt,
});

/**
 * Admits a key according to the current state of the key, its organization, and its owner. Throws
 * `unauthenticated`, `organization_inactive` and `subscription_expired`.
 */
export async function letIn(scope: OrganizationScope, presented: Presented, now: Date): Promise<Machine> {
  const { organizationId } = scope;
  const { apiKeyId } = presented;
  const [item, profile] = await itemsOf(scope, [
    entityOf(ApiKeyItem).get({ organizationId, apiKeyId }),
    organizationRead(scope),
  ]);
  const stored = item === undefined ? null : entityOf(ApiKeyItem).parse({ Item: item }).data;
  const refusal = refusalOf(stored, presented, now);
  if (stored === null || refusal !== null) throw apiKeyRefusals[refusal ?? 'key_unknown']();
  const organization = organizationFrom(profile);
  if (organization === null) throw apiKeyRefusals.key_unknown();
  assertServed(organization, now);
  const user = await actingUser(scope, stored);
  return { key: stored, user, organization, rules: narrowed(rulesFor(user), stored.scopes) };
}

async function actingUser(scope: OrganizationScope, stored: StoredKey): Promise<User> {
  if (stored.owner === 'organization') return organizationAsUser(stored);
  const person = stored.ownerId === undefined ? null : await findUser(scope, stored.ownerId);
  // A user who was removed and rejoins is a new member; earlier keys stay invalid.
  if (person?.status !== 'active' || person.createdAt > stored.createdAt)
    throw apiKeyRefusals.key_owner_gone();
  return person;
}

const hourMs = 3_600_000;
/** After this long without use, the audit log records that a key is used again. */
const silenceMs = 30 * 24 * hourMs;

/**
 * Records a key's use, at most once an hour. The first use, and one after 30 days without, leave an audit
 * entry, which reveals the use of a lost key.
 */
export async function noteKeyUse(
  ctx: Context,
  { apiKeyId, lastUsedAt }: Pick<StoredKey, 'apiKeyId' | 'lastUsedAt'>,
): Promise<void> {
  const { scope, now } = ctx;
  const silent = lastUsedAt === undefined ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(lastUsedAt);
  if (silent < hourMs) return;
  const what = {
    set: { lastUsedAt: now.toISOString() },
    keepsRevision: true,
    // Of concurrent requests only one writes, and a revoked key isn't recreated.
    where: (
      item: { readonly lastUsedAt: string },
      { eq, notExists }: { eq(one: string, other: string): string; notExists(one: string): string },
    ) => (lastUsedAt === undefined ? notExists(item.lastUsedAt) : eq(item.lastUsedAt, lastUsedAt)),
  } as const;
  await write(
    scope,
    change(
      ctx,
      ApiKeyItem,
      { apiKeyId },
      silent >= silenceMs ? { ...what, action: 'api-key.used' } : { ...what, secondaryTo: 'api-key.used' },
    ),
  );
}
