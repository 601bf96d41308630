import type { Organization } from '../../../domain/organization/profile.schema.ts';
import {
  findMailSettings,
  showMailSettings,
  updateMailSettings,
} from '../../../domain/reminder/mail-settings.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { mailRoutes } from './routes.ts';

/** A user's email settings. */
export const mailSettings = ({ sendsMail }: OrganizationDependencies) => {
  const planOf = ({ reminders: plan }: Organization) => {
    const sending = plan === undefined ? 'organization_off' : 'on';
    return { plan, sending: sendsMail === true ? sending : 'unavailable' } as const;
  };
  return resource(mailRoutes, {
    getMailSettings: async ({ ctx, organization, params: { userId } }) => {
      const [user, stored] = await Promise.all([findUser(ctx.scope, userId), findMailSettings(ctx, userId)]);
      if (user === null) throw notFound();
      return showMailSettings(user, stored, planOf(organization));
    },
    updateMailSettings: async ({ ctx, organization, params: { userId }, body, revision }) => {
      const user = await findUser(ctx.scope, userId);
      if (user === null) throw notFound();
      const stored = await updateMailSettings(ctx, { ...body, userId, revision });
      return showMailSettings(user, stored, planOf(organization));
    },
  });
};
