import { OrganizationSummary, OwnOrganization } from '../../../domain/organization/organization.schema.ts';
import { updateOwnOrganization } from '../../../domain/organization/update-organization.ts';
import { resource } from '../resource.ts';
import { organizationRoutes } from './routes.ts';

/** An organization's own profile. */
export const organization = () =>
  resource(organizationRoutes, {
    getOwnOrganization: async ({ organization: own, member }) => {
      if (member.role === 'super_admin') return own;
      if (member.role === 'org_admin') return OwnOrganization.parse(own);
      return OrganizationSummary.parse(own);
    },
    updateOwnOrganization: async ({ ctx, organization: own, body, revision }) =>
      OwnOrganization.parse(await updateOwnOrganization(ctx, own, { ...body, revision })),
  });
