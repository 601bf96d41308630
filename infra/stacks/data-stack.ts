import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { longestAuditRetentionDays } from '../../domain/subscription/catalogue.ts';
import { AuditKey } from '../constructs/audit-key.ts';
import { CursorSecret } from '../constructs/cursor-secret.ts';
import { ExportBucket } from '../constructs/export-bucket.ts';
import { FailureBucket } from '../constructs/failure-bucket.ts';
import { OriginSecret } from '../constructs/origin-secret.ts';
import { AccessLogBucket, LockedBucket } from '../constructs/private-bucket.ts';
import { tableOf } from '../constructs/single-table.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

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
