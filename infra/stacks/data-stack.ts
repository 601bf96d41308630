import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { AccessLogBucket, PrivateBucket } from '../constructs/private-bucket.ts';
import { removalPolicy } from '../constructs/removal.ts';
import { SingleTable } from '../constructs/single-table.ts';
import type { StageSettings } from '../stage.ts';

/** What must outlive every deployment: the table, the bus with its archive, failed records, our own secret. */
export class DataStack extends Stack {
  readonly table: SingleTable;
  readonly bus: EventBus;
  readonly failures: PrivateBucket;
  readonly cursorSecret: Secret;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, { description: `MTCMS ${stage.name}: data` });
    this.table = new SingleTable(this, 'Table', { stage });

    this.bus = new EventBus(this, 'Bus', { description: `Domain events of MTCMS ${stage.name}` });
    // A consumer that comes later, or that was broken, replays from here.
    new Archive(this, 'BusArchive', {
      sourceEventBus: this.bus,
      eventPattern: { account: [this.account] },
      retention: Duration.days(90),
    });

    this.failures = new PrivateBucket(this, 'Failures', {
      stage,
      accessLogs: new AccessLogBucket(this, 'AccessLogs', { stage }),
      expiration: Duration.days(90),
    });

    this.cursorSecret = new Secret(this, 'CursorSecret', {
      description: 'Signs paging cursors',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: removalPolicy(stage),
    });
    acknowledge(
      this.cursorSecret,
      'AwsSolutions-SMG4',
      'Signs paging cursors, which expire within a day and grant nothing by themselves. Rotation on a schedule would break ' +
        'lists that people have open; after a leak it is replaced by hand, see docs/deploy.md.',
    );
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
  }
}
