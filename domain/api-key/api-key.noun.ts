import type { UserId } from '../ids.ts';
import { acts, initially, item, noun, number, optional, text, value } from '../table/item.ts';
import type { ApiKeyId, Scope } from './api-key.schema.ts';

/** A key that programs call the API with, without its text: what is stored can't be used. */
export const ApiKeyItem = item({
  name: 'apiKey',
  exported: 'never',
  key: ['{organizationId}#api-key', '{apiKeyId}'],
  attributes: {
    apiKeyId: text<ApiKeyId>(),
    name: text(),
    owner: text<'organization' | 'person'>(),
    ownerId: optional(text<UserId>()),
    scopes: value<readonly Scope[]>(),
    /** SHA-256 of the 256 random bits that its text has, base64url. */
    hash: text(),
    ending: text(),
    createdBy: text(),
    createdByName: optional(text()),
    // Not `expiresAt`, by which DynamoDB would remove it: that it has expired is told to who uses it.
    endsAt: optional(text()),
    lastUsedAt: optional(text()),
  },
  trail: {
    unstampedNoun: 'api-key',
    ...acts({
      'api-key.created': 'never: creation',
      'api-key.used': 'never: event',
      'api-key.revoked': 'never: kind',
    }),
    shows: ['apiKeyId', 'name', 'owner', 'ownerId', 'scopes', 'createdBy', 'endsAt', 'lastUsedAt'],
    hides: ['hash', 'ending', 'createdByName'],
    secondary: ['lastUsedAt'],
  },
});

/** How many keys an organization has: each is counted by the transaction that makes or revokes it. */
export const ApiKeyCountItem = item({
  name: 'apiKeyCount',
  exported: 'never',
  key: ['{organizationId}#api-key-count', 'all'],
  attributes: { keys: initially(number(), 0) },
});

export const apiKeyNoun = noun({
  name: 'api-key',
  subjects: ['ApiKey'],
  items: [ApiKeyItem, ApiKeyCountItem],
});
