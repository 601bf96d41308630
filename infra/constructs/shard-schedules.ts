import { Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type CronOptionsWithTimezone,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { directoryShards } from '../../domain/table/layout.ts';
import { acknowledge } from '../acknowledge.ts';
import type { ServiceFunction } from './service-function.ts';

/** One schedule for each shard of the organization directory. */
interface Series {
  /** Construct id of the schedules, followed by the shard. */
  readonly id: string;
  readonly description: (shard: number) => string;
  /** In UTC. Each shard has its own minute, so that they don't all read the table at once. */
  readonly due: (shard: number) => CronOptionsWithTimezone;
  /** What the function gets. */
  readonly input: (shard: number) => object;
}

/** Schedules in a group of their own. A start that fails for an hour is put into a dead letter queue. */
export class ShardSchedules extends Construct {
  readonly group: ScheduleGroup;
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    this.undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(
      this.undelivered,
      'AwsSolutions-SQS3',
      'It is the dead letter queue of the schedules, and nothing consumes it.',
    );
  }

  /** Starts the function at the times of each series. */
  protected start(target: ServiceFunction, ...all: readonly Series[]): void {
    const role = this.#invokerOf(target).withoutPolicyUpdates();
    for (const { id, description, due, input } of all)
      for (let shard = 0; shard < directoryShards; shard++)
        new Schedule(this, `${id}${shard}`, {
          description: description(shard),
          schedule: ScheduleExpression.cron({ ...due(shard), timeZone: TimeZone.of('UTC') }),
          scheduleGroup: this.group,
          target: new LambdaInvoke(target.lambda, {
            role,
            input: ScheduleTargetInput.fromObject(input(shard)),
            retryAttempts: 3,
            maxEventAge: Duration.hours(1),
            deadLetterQueue: this.undelivered,
          }),
        });
  }

  /**
   * The schedules' role, which only schedules of this group can assume, and so none of another account.
   * `LambdaInvoke` would also grant all versions of the function.
   */
  #invokerOf({ lambda, service }: ServiceFunction): Role {
    const role = new Role(this, 'Invoker', {
      description: `Invokes the ${service} function on schedule`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Stack.of(this).account,
            'aws:SourceArn': this.group.scheduleGroupArn,
          },
        },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.undelivered.queueArn] }),
    );
    return role;
  }
}
