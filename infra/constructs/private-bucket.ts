import { Duration } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** A bucket that is closed to the internet, encrypted, and reachable over TLS only. */
class ClosedBucket extends Bucket {
  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      ...props,
    });
  }

  // CDK's `Bucket` says `boolean | undefined` here, which its own `IBucket` refuses under
  // exactOptionalPropertyTypes.
  override get isWebsite(): boolean {
    return false;
  }
}

/** Access logs of S3 and CloudFront, kept for 90 days. */
export class AccessLogBucket extends ClosedBucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      // CloudFront delivers logs by access control lists, which need this ownership.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
  }
}

interface PrivateBucketProps {
  /** Where the bucket's own accesses are logged. */
  readonly accessLogs: AccessLogBucket;
  /** Objects older than this are deleted. Default: never. */
  readonly expiration?: Duration;
}

/** A closed bucket whose accesses are logged. */
export class PrivateBucket extends ClosedBucket {
  constructor(scope: Construct, id: string, { accessLogs, expiration }: PrivateBucketProps) {
    super(scope, id, {
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      ...(expiration && { lifecycleRules: [{ expiration }] }),
    });
  }
}
