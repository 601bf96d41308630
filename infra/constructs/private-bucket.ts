import { Duration } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectLockRetention,
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

interface LockedBucketProps {
  /** Where the bucket's own accesses are logged. */
  readonly accessLogs: AccessLogBucket;
  /** For how long each object stays as it was put. */
  readonly retention: Duration;
}

/**
 * A closed bucket under Object Lock in compliance mode: for its retention nobody can change or delete an
 * object, the account's root included, and nobody can shorten that.
 */
export class LockedBucket extends ClosedBucket {
  constructor(scope: Construct, id: string, { accessLogs, retention }: LockedBucketProps) {
    super(scope, id, {
      versioned: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(retention),
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
    });
  }
}

interface PrivateBucketProps extends Pick<BucketProps, 'lifecycleRules' | 'versioned'> {
  /** Where the bucket's own accesses are logged. */
  readonly accessLogs: AccessLogBucket;
}

/** A closed bucket whose accesses are logged. Nothing in it expires, unless `lifecycleRules` say so. */
export class PrivateBucket extends ClosedBucket {
  constructor(scope: Construct, id: string, { accessLogs, ...props }: PrivateBucketProps) {
    super(scope, id, {
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      ...props,
    });
  }
}
