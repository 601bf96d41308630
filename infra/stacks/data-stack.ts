import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { exportKeptDays } from '../../domain/departure/data-export.schema.ts';
import { longestAuditRetentionDays } from '../../domain/subscription/catalogue.ts';
import { failureFolders } from '../../events/failure.ts';
import { acknowledge } from '../acknowledge.ts';
import { OriginSecret } from '../constructs/origin-secret.ts';
import { AccessLogBucket, LockedBucket, PrivateBucket } from '../constructs/private-bucket.ts';
import { tableOf } from '../constructs/single-table.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

/** For how long what has been replayed can still be looked at. */
const failuresKept = Duration.days(90);

/**
 * Holds records of the stream that could not be processed, until they have been replayed: there is no other
 * copy of them. Versions bring back what somebody deletes by mistake.
 */
class FailureBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: { readonly accessLogs: AccessLogBucket }) {
    super(scope, id, {
      ...props,
      versioned: true,
      lifecycleRules: [
        { id: 'Replayed', prefix: failureFolders.replayed, expiration: failuresKept },
        { id: 'Deleted', noncurrentVersionExpiration: failuresKept, expiredObjectDeleteMarker: true },
      ],
    });
  }
}

/**
 * Holds the exports of organizations that leave, below their ids, for as long as they can be downloaded. What
 * was begun and never finished goes too.
 */
class ExportBucket extends PrivateBucket {
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

/** The key that signs paging cursors, made by the deployment. */
class CursorSecret extends Secret {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Signs paging cursors',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    acknowledge(
      this,
      'AwsSolutions-SMG4',
      'Signs paging cursors, which expire within a day and grant nothing by themselves. It is exchanged by hand after a ' +
        'leak, see docs/deploy.md; the value before it stays good, so no list that is open breaks.',
    );
  }

  // CDK's `Secret` says `string | undefined` here, which its own `ISecret` refuses under
  // exactOptionalPropertyTypes.
  override get secretFullArn(): string {
    return this.secretArn;
  }
}

/**
 * The key that signs checkpoints of audit trails: Ed25519, made in KMS, which it never leaves. Whoever
 * verifies an export holds its public half, so it isn't rotated.
 */
class AuditKey extends Key {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      description: `Signs the audit checkpoints of MTCMS ${stage.name}`,
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      pendingWindow: Duration.days(stage.disposable ? 7 : 30),
    });
  }
}

/**
 * Data that outlives deployments: the table, the bus with its archive, failed records, the secrets that the
 * deployment makes, and the key and the anchors of the audit trails' checkpoints.
 */
export class DataStack extends Stack {
  readonly table: ITable;
  readonly bus: EventBus;
  readonly failures: FailureBucket;
  readonly exports: ExportBucket;
  readonly cursorSecret: CursorSecret;
  readonly originSecret: OriginSecret;
  readonly auditKey: AuditKey;
  readonly anchors: LockedBucket;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, { ...stackPropsOf(stage), description: `MTCMS ${stage.name}: data` });
    this.bus = new EventBus(this, 'Bus', { description: `Domain events of MTCMS ${stage.name}` });
    // New or repaired consumers replay from here.
    new Archive(this, 'BusArchive', {
      sourceEventBus: this.bus,
      eventPattern: { account: [this.account] },
      retention: Duration.days(90),
    });

    const accessLogs = new AccessLogBucket(this, 'AccessLogs');
    this.failures = new FailureBucket(this, 'Failures', {
      accessLogs,
    });

    this.exports = new ExportBucket(this, 'Exports', { accessLogs });

    const { disposable, auditLockDays = disposable ? 1 : longestAuditRetentionDays } = stage;
    this.anchors = new LockedBucket(this, 'Anchors', {
      accessLogs,
      retention: Duration.days(auditLockDays),
    });
    this.auditKey = new AuditKey(this, 'AuditKey', { stage });

    this.cursorSecret = new CursorSecret(this, 'CursorSecret');
    this.originSecret = new OriginSecret(this, 'OriginSecret');

    const others = [...this.node.children];
    this.table = tableOf(this, stage);
    // Made last: no creation that fails leaves a table, which its deletion protection would keep.
    this.table.node.addDependency(...others);
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
  }
}
