import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type ITable,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { exportKeptDays } from '../../domain/departure/data-export.schema.ts';
import { longestAuditRetentionDays } from '../../domain/subscription/catalogue.ts';
import { indexes, tableLayout } from '../../domain/table/layout.ts';
import { failureFolders } from '../../events/failure.ts';
import { acknowledge } from '../acknowledge.ts';
import { OriginSecret } from '../constructs/origin-secret.ts';
import { AccessLogBucket, LockedBucket, PrivateBucket } from '../constructs/private-bucket.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

/**
 * The table, as described in `domain/table/layout.ts`: with a stream, point-in-time recovery for 35 days
 * and deletion protection. A global table with one region, because a table can't be converted later.
 */
class SingleTable extends TableV2 {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      partitionKey: { name: tableLayout.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableLayout.sortKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      // With the old image, since the audit log shows what was deleted.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: tableLayout.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: !stage.disposable,
      globalSecondaryIndexes: indexes.map(({ name, partitionKey, sortKey, sortKeyType, includes }) => ({
        indexName: name,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: {
          name: sortKey,
          type: sortKeyType === 'N' ? AttributeType.NUMBER : AttributeType.STRING,
        },
        ...(includes === undefined
          ? { projectionType: ProjectionType.ALL }
          : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...includes] }),
      })),
    });
  }

  // CDK's `TableV2` says `string | undefined` here, which its own `ITable` refuses under
  // exactOptionalPropertyTypes.
  override get tableStreamArn(): string {
    const arn = super.tableStreamArn;
    if (arn === undefined) throw new Error('The table has no stream');
    return arn;
  }
}

/**
 * A stage's table: its own, or an existing one, such as a restored table. An existing one keeps its own
 * settings, which `npm run restore:verify` checks; the stage's own table is retained without a stack.
 */
function tableOf(scope: Construct, stage: StageSettings): ITable {
  if (stage.table === undefined) return new SingleTable(scope, 'Table', { stage });
  const { name, streamArn } = stage.table;
  return TableV2.fromTableAttributes(scope, 'ExistingTable', { tableName: name, tableStreamArn: streamArn });
}

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

interface SigningSecretProps {
  readonly signs: string;
  /** Why it isn't rotated. */
  readonly because: string;
}

/** A key that signs what comes back to us, made by the deployment. */
class SigningSecret extends Secret {
  constructor(scope: Construct, id: string, { signs, because }: SigningSecretProps) {
    super(scope, id, {
      description: `Signs ${signs}`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    acknowledge(this, 'AwsSolutions-SMG4', because);
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
  readonly cursorSecret: SigningSecret;
  /** What the links of mails are signed with, where mail is sent. */
  readonly mailSecret: SigningSecret | undefined;
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

    this.cursorSecret = new SigningSecret(this, 'CursorSecret', {
      signs: 'paging cursors',
      because:
        'Signs paging cursors, which expire within a day and grant nothing by themselves. It is exchanged by hand after a ' +
        'leak, see docs/deploy.md; the value before it stays good, so no list that is open breaks.',
    });
    if (stage.mailFrom !== undefined)
      this.mailSecret = new SigningSecret(this, 'MailSecret', {
        signs: 'the links of emails that unsubscribe',
        because:
          'Signs links that turn off one kind of email of one person and do nothing else. They have to go on working for ' +
          'months; it is exchanged by hand after a leak, see docs/reminders.md.',
      });
    this.originSecret = new OriginSecret(this, 'OriginSecret');

    const others = [...this.node.children];
    this.table = tableOf(this, stage);
    // Made last: no creation that fails leaves a table, which its deletion protection would keep.
    this.table.node.addDependency(...others);
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
  }
}
