import { OwnOrganization } from '../../../domain/organization/organization.schema.ts';
import { updateOwnProfile } from '../../../domain/organization/profile.service.ts';
import { actorOf, noun, revisionOf, tenantOf } from '../noun.ts';
import { organizationRoutes } from '../routes/organization.routes.ts';

/** An organization's own profile. */
export const organization = () =>
  noun(organizationRoutes, {
    getOwnOrganization: async ({ exchange }) => {
      const { organization: own, member } = tenantOf(exchange);
      if (member.role === 'super_admin') return own;
      if (member.role === 'org_admin') return OwnOrganization.parse(own);
      const { id, name, status } = own;
      return { id, name, status };
    },
    updateOwnOrganization: async ({ body, now, exchange }) => {
      const { organization: own, scope } = tenantOf(exchange);
      const change = { ...body, revision: revisionOf(exchange) };
      return OwnOrganization.parse(await updateOwnProfile(scope, actorOf(exchange), own, change, now));
    },
  });
