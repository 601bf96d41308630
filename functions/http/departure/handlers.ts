import { recordDownload } from '../../../domain/audit/record-access.ts';
import { exportObject, requestExport, requireExport } from '../../../domain/departure/find-export.ts';
import { downloadLink } from '../../aws/presign.ts';
import { resource } from '../resource.ts';
import { dataExportRoutes } from './routes.ts';

/** An organization's own export. The URL is signed with credentials for this organization only. */
export const dataExport = () =>
  resource(dataExportRoutes, {
    getDataExport: ({ ctx: { scope, now } }) => requireExport(scope, now),
    requestDataExport: ({ ctx }) => requestExport(ctx),
    getDataExportLink: async ({ ctx }) => {
      const { scope, now } = ctx;
      const key = await exportObject(scope, now);
      // Recorded before the URL is returned: a download that can't be recorded is refused.
      await recordDownload(ctx);
      return await downloadLink(scope, { key, name: `${scope.organizationId}.zip`, now });
    },
  });
