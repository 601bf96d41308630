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
  /** Records that could not be handled end here, whole. */
  readonly failures: IBucket;
}

/**
 * A function fed by the table's stream, with all of it: bookkeeping it passes over by itself, because it goes
 * by the item's key, and Lambda's filters can't say "doesn't end with". A filter on an attribute would leave
 * out whatever its writer wants left out. A record that keeps failing is isolated (partial failure, bisect),
 * given up after five retries or a day, and kept whole in the failure bucket. Waiting for a busy service
 * takes an invocation's time, which is the longest there is, and none of its retries: the stream keeps for a
 * day what comes meanwhile.
 */
export class StreamConsumer extends ServiceFunction {
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, { table, failures, ...props }: StreamConsumerProps) {
    super(scope, id, { ...props, memorySize: 512, timeout: Duration.minutes(15) });
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
      'Lambda names the objects of failed records itself, below this path.',
    );

    this.mapping = new EventSourceMapping(this, 'Changes', {
      target: this.lambda,
      eventSourceArn: streamArn(table),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 5,
      maxRecordAge: Duration.days(1),
      onFailure: new S3OnFailureDestination(failures),
      supportS3OnFailureDestination: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    // The mapping is created only if the role can read the stream already.
    this.mapping.node.addDependency(this.role);
  }
}

const streamArn = (table: ITable): string => {
  if (!table.tableStreamArn) throw new Error('The table has no stream to consume');
  return table.tableStreamArn;
};
