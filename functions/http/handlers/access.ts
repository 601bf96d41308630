import { explainAccess } from '../../../domain/explanation/explanation.service.ts';
import { noun, tenantOf } from '../noun.ts';
import { accessRoutes } from '../routes/access.routes.ts';

/** Why somebody may or may not. */
export const access = () =>
  noun(accessRoutes, {
    explainAccess: ({ query, now, exchange }) => {
      const { scope, member } = tenantOf(exchange);
      return explainAccess(scope, member, query, now);
    },
  });
