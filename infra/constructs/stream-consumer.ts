import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { S3OnFailureDestination } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledgeObjects } from '../acknowledge.ts';
import { ServiceFunction, type ServiceFunctionProps } from './service-function.ts';

interface StreamConsumerProps extends Omit<ServiceFunctionProps, 'memorySize' | 'timeout'> {
  readonly table: ITable;
  /** Receives records that couldn't be processed. */
  readonly failures: IBucket;
}

/**
 * How long Lambda retries a record. The stream discards records after 24 hours without notice, so a record
 * must be in the failure bucket by then; an hour is left for those waiting behind it.
 */
const tried = Duration.hours(23);

/**
 * A function fed by the table's stream. There is no filter: the function itself skips bookkeeping items by
 * their keys, which Lambda's filters can't express, and a filter on an attribute could be evaded by its
 * writer. Failures are retried in order while the stream keeps the record, and then put into the failure
 * bucket, from which they are replayed (decision 69). The function itself puts a permanently unreadable
 * record there, so that it doesn't block others. The timeout is the longest possible, because the function
 * waits for throttling services (decision 50).
 */
export class StreamConsumer extends ServiceFunction {
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, { table, failures, ...props }: StreamConsumerProps) {
    super(scope, id, {
      ...props,
      memorySize: 512,
      timeout: Duration.minutes(15),
      environment: { ...props.environment, FAILURE_BUCKET: failures.bucketName },
    });
    this.allow({
      actions: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      resources: [streamArn(table)],
    });
    this.allow({ actions: ['s3:ListBucket'], resources: [failures.bucketArn] });
    this.allow({ actions: ['s3:PutObject'], resources: [failures.arnForObjects('aws/lambda/*')] });
    acknowledgeObjects(
      this.role,
      failures,
      'aws/lambda/*',
      'Objects of failed records are named by Lambda and by what failed, below this path.',
    );

    this.mapping = new EventSourceMapping(this, 'Changes', {
      target: this.lambda,
      eventSourceArn: streamArn(table),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: -1,
      maxRecordAge: tried,
      onFailure: new S3OnFailureDestination(failures),
      supportS3OnFailureDestination: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    // Lambda creates the mapping only if the role can read the stream already.
    this.mapping.node.addDependency(this.role);
  }
}

const streamArn = (table: ITable): string => {
  if (!table.tableStreamArn) throw new Error('The table has no stream to consume');
  return table.tableStreamArn;
};
