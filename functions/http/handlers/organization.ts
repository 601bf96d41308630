import { noun, tenantOf } from '../noun.ts';
import { organizationRoutes } from '../routes/organization.routes.ts';

/** An organization's own profile. */
export const organization = () =>
  noun(organizationRoutes, {
    getOwnOrganization: async ({ exchange }) => {
      const { organization: own, member } = tenantOf(exchange);
      const { id, name, status } = own;
      const sees = member.role === 'org_admin' || member.role === 'super_admin';
      return sees ? own : { id, name, status };
    },
  });
