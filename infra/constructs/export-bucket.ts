import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { exportKeptDays } from '../../domain/departure/data-export.schema.ts';
import { type AccessLogBucket, PrivateBucket } from './private-bucket.ts';

/**
 * Holds the exports of organizations that leave, below their ids, for as long as they can be downloaded. What
 * was begun and never finished goes too.
 */
export class ExportBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: { readonly accessLogs: AccessLogBucket }) {
    super(scope, id, {
      ...props,
      lifecycleRules: [
        {
          id: 'Downloaded',
          expiration: Duration.days(exportKeptDays + 1),
          abortIncompleteMultipartUploadAfter: Duration.days(2),
        },
      ],
    });
  }
}
