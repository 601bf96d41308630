import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { CursorSecret } from '../constructs/cursor-secret.ts';
import { FailureBucket } from '../constructs/failure-bucket.ts';
import { AccessLogBucket } from '../constructs/private-bucket.ts';
import { SingleTable } from '../constructs/single-table.ts';
import type { StageSettings } from '../stage.ts';

/** Data that outlives deployments: the table, the bus with its archive, failed records, the cursor secret. */
export class DataStack extends Stack {
  readonly table: SingleTable;
  readonly bus: EventBus;
  readonly failures: FailureBucket;
  readonly cursorSecret: CursorSecret;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, { description: `MTCMS ${stage.name}: data` });
    this.table = new SingleTable(this, 'Table', { stage });

    this.bus = new EventBus(this, 'Bus', { description: `Domain events of MTCMS ${stage.name}` });
    // New or repaired consumers replay from here.
    new Archive(this, 'BusArchive', {
      sourceEventBus: this.bus,
      eventPattern: { account: [this.account] },
      retention: Duration.days(90),
    });

    this.failures = new FailureBucket(this, 'Failures', {
      accessLogs: new AccessLogBucket(this, 'AccessLogs'),
    });

    this.cursorSecret = new CursorSecret(this, 'CursorSecret');
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
  }
}
