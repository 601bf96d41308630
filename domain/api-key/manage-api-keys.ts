import { ulid } from 'ulid';
import type { Ability } from '../access/rules.ts';
import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { UserId } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { find, findAll } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, updateOperation, type Write } from '../table/transaction.ts';
import { create, fresh, remove } from '../table/writes.ts';
import { ApiKeyCountItem, ApiKeyItem } from './api-key.noun.ts';
import {
  ApiKey,
  ApiKeyId,
  apiKeyRefusals,
  type CreatedApiKey,
  mostKeys,
  type NewApiKey,
} from './api-key.schema.ts';
import { newKeyText } from './key-text.ts';
import { scopeAbove } from './scopes.ts';

const show = ({ apiKeyId: id, ...stored }: Stored<typeof ApiKeyItem>): ApiKey =>
  ApiKey.parse({ ...stored, id });

/** Updates the count when a key is created or revoked; the limit is a condition of the write. */
function counting(scope: OrganizationScope, by: 1 | -1): Write {
  const operation = entityOf(ApiKeyCountItem)
    .upsert({ organizationId: scope.organizationId })
    .add({ keys: by })
    .where(({ keys }, { lt, notExists }) => (by === 1 ? `${notExists(keys)} OR ${lt(keys, mostKeys)}` : ''));
  return updateOperation(scope, operation, () => apiKeyRefusals.too_many_api_keys({ most: mostKeys }));
}

/**
 * Creates a key and returns its secret, which can't be read again. Its scopes never exceed its creator's
 * rights. Throws `validation_failed` for an expiry in the past, `forbidden` for a scope that the creator
 * doesn't have, and `conflict` when the organization has too many keys.
 * @param stage the deployment that the key is for
 */
export async function createApiKey(
  ctx: Context,
  { stage, ability, input }: { readonly stage: string; readonly ability: Ability; readonly input: NewApiKey },
): Promise<CreatedApiKey> {
  const { scope, actor, now } = ctx;
  const { name, owner, scopes, endsAt } = input;
  if (endsAt !== undefined && endsAt <= now.toISOString()) throw apiKeyRefusals.ends_in_the_past();
  const above = scopeAbove(ability, scopes);
  if (above !== undefined) throw apiKeyRefusals.scope_above_own({ scope: above });
  const { organizationId } = scope;
  const apiKeyId = ApiKeyId.parse(`key_${ulid(now.getTime())}`);
  const { text, hash, ending } = newKeyText(stage, { organizationId, apiKeyId });
  const ownerId = owner === 'person' ? UserId.parse(actor.by) : undefined;
  const made = { apiKeyId, name, owner, ownerId, scopes, endsAt, hash, ending };
  const by = { createdBy: actor.by, createdByName: actor.name };
  const item = fresh(ctx, ApiKeyItem, { ...made, ...by }, 'api-key.created');
  await transact(scope, [counting(scope, 1), create(scope, ApiKeyItem, item)]);
  return { ...show(item), key: text };
}

/** An organization's keys, newest first; there are few. */
export async function listApiKeys(scope: OrganizationScope): Promise<ApiKey[]> {
  return (await findAll(scope, ApiKeyItem, {}, { order: 'desc' })).map(show);
}

/** Reads a key of the organization. Throws `not_found`. */
export async function requireApiKey(scope: OrganizationScope, apiKeyId: ApiKeyId): Promise<ApiKey> {
  const stored = await find(scope, ApiKeyItem, { apiKeyId });
  if (stored === null) throw apiKeyRefusals.api_key_not_found();
  return show(stored);
}

/** Revokes a key: it is refused from the next request on. Throws `not_found` and `stale`. */
export async function revokeApiKey(
  ctx: Context,
  { apiKeyId, revision }: { readonly apiKeyId: ApiKeyId; readonly revision: number },
): Promise<void> {
  const { scope } = ctx;
  const stored = await find(scope, ApiKeyItem, { apiKeyId });
  if (stored === null) throw apiKeyRefusals.api_key_not_found();
  if (stored.revision !== revision) throw stale();
  await transact(scope, [...remove(ctx, ApiKeyItem, stored, 'api-key.revoked'), counting(scope, -1)]);
}
