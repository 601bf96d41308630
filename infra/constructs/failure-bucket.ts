import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { failureFolders } from '../../events/failure.ts';
import { type AccessLogBucket, PrivateBucket } from './private-bucket.ts';

/** For how long what has been replayed can still be looked at. */
const kept = Duration.days(90);

/**
 * Holds records of the stream that could not be processed, until they have been replayed: there is no other
 * copy of them. Versions bring back what somebody deletes by mistake.
 */
export class FailureBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: { readonly accessLogs: AccessLogBucket }) {
    super(scope, id, {
      ...props,
      versioned: true,
      lifecycleRules: [
        { id: 'Replayed', prefix: failureFolders.replayed, expiration: kept },
        { id: 'Deleted', noncurrentVersionExpiration: kept, expiredObjectDeleteMarker: true },
      ],
    });
  }
}
