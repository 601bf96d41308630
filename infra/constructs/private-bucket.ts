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

/** A private, encrypted bucket that requires TLS. */
class ClosedBucket extends Bucket {
  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      ...props,
    });
  }

  // CDK's `Bucket` declares `boolean | undefined` here, which its own `IBucket`
  // refuses under exactOptionalPropertyTypes.
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
  /** How long each object is locked. */
  readonly retention: Duration;
}

/**
 * A private bucket under Object Lock in compliance mode: during its retention no one can change or delete
 * an object, not even the account's root user, and no one can shorten that.
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

/** A private bucket with access logging. Objects don't expire unless `lifecycleRules` say so. */
export class PrivateBucket extends ClosedBucket {
  constructor(scope: Construct, id: string, { accessLogs, ...props }: PrivateBucketProps) {
    super(scope, id, {
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      ...props,
    });
  }
}
