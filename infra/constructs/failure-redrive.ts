import { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { failureFolders } from '../../events/failure.ts';
import { acknowledgeObjects } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import type { ChangeConsumers } from './change-consumers.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';

interface FailureRedriveProps {
  readonly stage: StageSettings;
  readonly failures: IBucket;
  readonly changes: ChangeConsumers;
}

/**
 * Replays what is in the failure bucket when somebody says so, and counts it every hour, for an alarm. Only
 * this function may invoke the stream's consumers, and it gives them nothing but what the bucket holds.
 */
export class FailureRedrive extends Schedules {
  readonly redrive: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, failures, changes }: FailureRedriveProps) {
    super(scope, id);
    this.redrive = new ServiceFunction(this, 'Redrive', {
      stage,
      entry: 'streams/redrive',
      description: 'Replays the failure bucket, and counts what is in it',
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
        description: 'Counts what waits in the failure bucket, every hour',
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
