import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBusRef } from 'aws-cdk-lib/aws-events';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { partitionPatterns, treeHeadAttributes } from '../../domain/table/layout.ts';
import { failureFolders } from '../../events/failure.ts';
import { acknowledgeObjects } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';
import { StreamConsumer } from './stream-consumer.ts';

interface ChangeConsumersProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** Receives records that couldn't be processed. */
  readonly failures: IBucket;
  readonly bus: IEventBusRef;
}

const heads = onlyLeadingKeys([partitionPatterns.auditTree]);
/** Updates a tree's head and nothing else. */
const onlyHeads = {
  ...heads,
  'ForAllValues:StringEquals': { 'dynamodb:Attributes': treeHeadAttributes },
  Null: { ...heads.Null, 'dynamodb:Attributes': 'false' },
};

/**
 * What follows a change: an audit entry, and a domain event on the bus. A stream shard supports at most two
 * readers.
 */
export class ChangeConsumers extends Construct {
  readonly auditWriter: StreamConsumer;
  readonly eventPublisher: StreamConsumer;

  constructor(scope: Construct, id: string, { stage, table, failures, bus }: ChangeConsumersProps) {
    super(scope, id);
    this.auditWriter = new StreamConsumer(this, 'AuditWriter', {
      stage,
      table,
      failures,
      entry: 'streams/audit-writer',
      description: 'Turns each change into an audit entry',
      environment: { TABLE_NAME: table.tableName },
    });
    this.auditWriter.allow({
      actions: ['dynamodb:PutItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.audit]),
    });
    this.auditWriter.allow({
      actions: ['dynamodb:BatchGetItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.auditTree]),
    });
    this.auditWriter.allow({
      actions: ['dynamodb:UpdateItem'],
      resources: [table.tableArn],
      conditions: onlyHeads,
    });
    // The organization's plan determines the retention of entries.
    this.auditWriter.allow({
      actions: ['dynamodb:GetItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.organizations]),
    });

    this.eventPublisher = new StreamConsumer(this, 'EventPublisher', {
      stage,
      table,
      failures,
      entry: 'streams/event-publisher',
      description: 'Turns each change into a domain event on the bus',
      environment: { TABLE_NAME: table.tableName, EVENT_BUS_NAME: bus.eventBusRef.eventBusName },
    });
    this.eventPublisher.allow({ actions: ['events:PutEvents'], resources: [bus.eventBusRef.eventBusArn] });

    for (const consumer of [this.auditWriter, this.eventPublisher])
      consumer.allow({
        actions: ['dynamodb:GetItem'],
        resources: [table.tableArn],
        conditions: onlyLeadingKeys([partitionPatterns.tombstones, partitionPatterns.departures]),
      });
  }
}

interface FailureRedriveProps {
  readonly stage: StageSettings;
  readonly failures: IBucket;
  readonly changes: ChangeConsumers;
}

/**
 * Replays the failure bucket on request, and counts its content every hour for an alarm. Only this function
 * may invoke the stream's consumers, and it only passes on what the bucket contains.
 */
export class FailureRedrive extends Schedules {
  readonly redrive: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, failures, changes }: FailureRedriveProps) {
    super(scope, id);
    this.redrive = new ServiceFunction(this, 'Redrive', {
      stage,
      entry: 'streams/redrive',
      description: 'Replays the failure bucket, and counts its records',
      memorySize: 512,
      timeout: Duration.minutes(15),
      environment: { FAILURE_BUCKET: failures.bucketName },
    });
    this.redrive.letInvoke(changes.auditWriter.lambda, 'AUDIT_WRITER_NAME');
    this.redrive.letInvoke(changes.eventPublisher.lambda, 'EVENT_PUBLISHER_NAME');
    this.redrive.allow({ actions: ['s3:ListBucket'], resources: [failures.bucketArn] });
    this.#letTouch(failures, ['s3:GetObject', 's3:DeleteObject'], `${failureFolders.waiting}*`);
    this.#letTouch(failures, ['s3:PutObject'], `${failureFolders.replayed}*`);
    this.startAt(this.redrive, [
      {
        id: 'Count',
        job: 'redrive',
        description: 'Counts the records in the failure bucket, every hour',
        due: { minute: '50' },
        input: { does: 'count' },
      },
    ]);
  }

  #letTouch(failures: IBucket, actions: readonly string[], path: string): void {
    this.redrive.allow({ actions: [...actions], resources: [failures.arnForObjects(path)] });
    acknowledgeObjects(
      this.redrive.role,
      failures,
      path,
      'It reads whatever has failed, and moves it when it has been replayed.',
    );
  }
}
