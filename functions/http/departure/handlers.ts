import { recordDownload } from '../../../domain/audit/record-access.ts';
import { exportObject, requestExport, requireExport } from '../../../domain/departure/find-export.ts';
import { presignedUrl } from '../../aws/presign.ts';
import { downloadSettings } from '../../settings.ts';
import { resource } from '../resource.ts';
import { dataExportRoutes } from './routes.ts';

/** For how long an address can be used: the rights that it was signed with last an hour at most. */
const seconds = 300;

/** An organization's own export. The address is signed with the rights to this one organization. */
export const dataExport = () =>
  resource(dataExportRoutes, {
    getDataExport: ({ ctx: { scope, now } }) => requireExport(scope, now),
    requestDataExport: ({ ctx }) => requestExport(ctx),
    getDataExportLink: async ({ ctx }) => {
      const { scope, now } = ctx;
      const key = await exportObject(scope, now);
      // Before the address leaves: what can't be recorded isn't given.
      await recordDownload(ctx);
      const {
        EXPORT_BUCKET_NAME: bucket,
        AWS_REGION: region,
        AWS_ENDPOINT_URL_S3: endpoint,
      } = downloadSettings();
      const credentials = await scope.client.config.credentials();
      const name = `${scope.organizationId}.zip`;
      const signing = { bucket, key, name, seconds, now: new Date(), credentials, region, endpoint };
      return {
        url: presignedUrl(signing),
        name,
        expiresAt: new Date(now.getTime() + seconds * 1000).toISOString(),
      };
    },
  });
