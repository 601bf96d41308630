import * as z from 'zod/mini';
import { refusals } from '../errors.ts';
import { OrganizationId, prefixedUlid, UserId } from '../ids.ts';
import { line } from '../text.schema.ts';
import { givenTime, timestamp } from '../time.schema.ts';

/** `key_` + ULID. */
export const ApiKeyId = prefixedUlid('key', 'an API key', 'ApiKeyId');
export type ApiKeyId = z.infer<typeof ApiKeyId>;

/** What a key may be allowed; `scopes.ts` maps scopes to access rules. */
export const Scope = z.enum([
  'organization:read',
  'users:read',
  'invitations:read',
  'teams:read',
  'teams:write',
  'kpis:read',
  'kpis:write',
  'check-ins:read',
  'check-ins:write',
  'initiatives:read',
  'initiatives:write',
  'analytics:read',
  'audit:read',
]);
export type Scope = z.infer<typeof Scope>;

/**
 * A key's owner. An organization's key may do what its scopes say and outlives its creator. A personal key
 * may never do more than its owner currently may, and ends with their membership.
 */
const KeyOwner = z.enum(['organization', 'person']);

/** An API key without its secret, which only its creator has seen. */
export const ApiKey = z.object({
  id: ApiKeyId,
  organizationId: OrganizationId,
  name: z.string(),
  owner: KeyOwner,
  /** The owner of a personal key. */
  ownerId: z.optional(UserId),
  scopes: z.array(Scope),
  /** The last characters of the secret, to recognize it. */
  ending: z.string(),
  createdBy: z.string(),
  createdByName: z.optional(z.string()),
  /** When it expires; absent if never. */
  endsAt: z.optional(timestamp),
  /** Accurate to an hour. Absent if it was never used. */
  lastUsedAt: z.optional(timestamp),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyList = z.object({ items: z.array(ApiKey) });

export const NewApiKey = z.strictObject({
  name: line(80),
  owner: z._default(KeyOwner, 'organization'),
  scopes: z.array(Scope).check(z.minLength(1), z.maxLength(Scope.options.length)),
  /** In the future; absent for a key that doesn't expire. */
  endsAt: z.optional(givenTime),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

/**
 * A new key. `key` is its secret, shown only once: it isn't stored, so a replay by `Idempotency-Key` lacks
 * it.
 */
export const CreatedApiKey = z.extend(ApiKey, { key: z.optional(z.string()) });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

/** The maximum number of keys per organization. */
export const mostKeys = 20;

export const apiKeyRefusals = refusals({
  api_key_not_found: ['not_found', 'API key not found.'],
  too_many_api_keys: ['conflict', 'An organization can have {most} API keys. Revoke one you don’t need.'],
  ends_in_the_past: ['validation_failed', 'The expiry must be in the future.', 'endsAt'],
  scope_above_own: [
    'forbidden',
    'You can’t give a key the scope {scope}, because your own role doesn’t have it.',
  ],

  // Requests with a key.
  key_malformed: [
    'unauthenticated',
    'This isn’t a complete API key of this stage. Check that it was copied whole.',
  ],
  key_unknown: ['unauthenticated', 'The API key isn’t valid. It may have been revoked.'],
  key_expired: ['unauthenticated', 'The API key has expired.'],
  key_owner_gone: ['unauthenticated', 'The person this API key belongs to is no longer an active user.'],
  not_for_keys: ['forbidden', 'API keys can’t be used for this. Sign in instead.'],
  scope_missing: ['forbidden', 'The API key doesn’t have the scope {scope}.'],
});
