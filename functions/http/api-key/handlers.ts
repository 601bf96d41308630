import {
  createApiKey,
  listApiKeys,
  requireApiKey,
  revokeApiKey,
} from '../../../domain/api-key/manage-api-keys.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { apiKeyRoutes } from './routes.ts';

export const apiKeys = ({ stage }: OrganizationDependencies) =>
  resource(apiKeyRoutes, {
    listApiKeys: async ({ ctx }) => ({ items: await listApiKeys(ctx.scope) }),
    createApiKey: ({ ctx, ability, body }) => createApiKey(ctx, { stage, ability, input: body }),
    getApiKey: ({ ctx, params }) => requireApiKey(ctx.scope, params.apiKeyId),
    revokeApiKey: async ({ ctx, params: { apiKeyId }, revision }) => {
      await revokeApiKey(ctx, { apiKeyId, revision });
      return undefined;
    },
  });
