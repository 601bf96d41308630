import * as z from 'zod/mini';
import {
  ApiKey,
  ApiKeyId,
  ApiKeyList,
  CreatedApiKey,
  NewApiKey,
} from '../../../domain/api-key/api-key.schema.ts';
import { organizationParams, type Route } from '../route.ts';

const path = '/api/organizations/{organizationId}/api-keys';
const params = z.extend(organizationParams, { apiKeyId: ApiKeyId });

/** API keys, with which an organization's programs call the API. */
export const apiKeyRoutes = {
  listApiKeys: {
    method: 'GET',
    path,
    function: 'organization',
    access: { kind: 'organization', action: 'list', subject: 'ApiKey' },
    summary: 'List the API keys, newest first',
    status: 200,
    params: organizationParams,
    response: ApiKeyList,
  },
  createApiKey: {
    method: 'POST',
    path,
    function: 'organization',
    access: { kind: 'organization', action: 'create', subject: 'ApiKey' },
    summary: 'Create an API key; the key is only shown once',
    status: 201,
    shownOnce: 'key',
    params: organizationParams,
    body: NewApiKey,
    example: { name: 'Nightly import', scopes: ['kpis:read', 'check-ins:write'] },
    response: CreatedApiKey,
  },
  getApiKey: {
    method: 'GET',
    path: `${path}/{apiKeyId}`,
    function: 'organization',
    access: { kind: 'organization', action: 'read', subject: 'ApiKey' },
    summary: 'Get an API key',
    status: 200,
    params,
    response: ApiKey,
  },
  revokeApiKey: {
    method: 'DELETE',
    path: `${path}/{apiKeyId}`,
    function: 'organization',
    access: { kind: 'organization', action: 'delete', subject: 'ApiKey' },
    summary: 'Revoke an API key; requests with it are refused from now on',
    status: 204,
    isSafetyAct: true,
    params,
  },
} as const satisfies Record<string, Route>;
