import type { UserId } from '../ids.ts';
import { acts, initially, item, noun, number, optional, text, value } from '../table/item.ts';
import type { ApiKeyId, Scope } from './api-key.schema.ts';

/** An API key, stored without its secret, so that stored data can't be used to call the API. */
export const ApiKeyItem = item({
  name: 'apiKey',
  exported: 'never',
  key: ['{organizationId}#api-key', '{apiKeyId}'],
  shown: {
    apiKeyId: text<ApiKeyId>(),
    name: text(),
    owner: text<'organization' | 'person'>(),
    ownerId: optional(text<UserId>()),
    scopes: value<readonly Scope[]>(),
    createdBy: text(),
    // Not named `expiresAt`, which would make DynamoDB delete it: users of an expired key should be told
    // so.
    endsAt: optional(text()),
    lastUsedAt: optional(text()),
  },
  hidden: {
    /** SHA-256 of the 256 random bits that its text has, base64url. */
    hash: text(),
    ending: text(),
    createdByName: optional(text()),
  },
  trail: {
    unstampedNoun: 'api-key',
    ...acts({
      'never: creation': ['api-key.created'],
      'never: event': ['api-key.used'],
      'never: kind': ['api-key.revoked'],
    }),
    secondary: ['lastUsedAt'],
  },
});

/** The number of an organization's keys, updated by the transaction that creates or revokes one. */
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
