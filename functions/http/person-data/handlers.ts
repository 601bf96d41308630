import { recordDownload } from '../../../domain/audit/record-access.ts';
import { requireKnown } from '../../../domain/person-data/about-person.ts';
import { isPseudonym } from '../../../domain/person-data/eraser.ts';
import { requestErasure, requireErasure, withdrawErasure } from '../../../domain/person-data/erasure.ts';
import {
  personExportObject,
  requestPersonExport,
  requirePersonExport,
} from '../../../domain/person-data/person-export.ts';
import { invokeLater } from '../../aws/lambda.ts';
import { downloadLink } from '../../aws/presign.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { personDataRoutes } from './routes.ts';

/** What an organization stores about one person. The work is done in the background. */
export const personData = ({ personData: functions }: OrganizationDependencies) =>
  resource(personDataRoutes, {
    getPersonExport: ({ ctx: { scope, now }, params }) => requirePersonExport(scope, params.userId, now),
    requestPersonExport: async ({ ctx, organization, params: { organizationId, userId } }) => {
      await requireKnown(ctx, userId, organization.createdAt);
      const requested = await requestPersonExport(ctx, userId);
      // A repeated request also starts one whose notification was lost.
      if (functions !== undefined) await invokeLater(functions.exports, { organizationId });
      return requested;
    },
    getPersonExportLink: async ({ ctx, params: { userId } }) => {
      const { scope, now } = ctx;
      const key = await personExportObject(scope, userId, now);
      // Recorded before the URL is returned: a download that can't be recorded is refused.
      await recordDownload(ctx, userId);
      return await downloadLink(scope, { key, name: `${userId}.zip`, now });
    },
    getErasure: ({ ctx: { scope }, params: { userId } }) => requireErasure(scope, userId),
    requestErasure: async ({ ctx, organization, params: { organizationId, userId } }) => {
      if (!isPseudonym(userId)) await requireKnown(ctx, userId, organization.createdAt);
      const requested = await requestErasure(ctx, userId);
      if (requested.status === 'running' && functions !== undefined)
        await invokeLater(functions.erasures, { organizationId });
      return requested;
    },
    withdrawErasure: ({ ctx, params }) => withdrawErasure(ctx, params.userId),
  });
