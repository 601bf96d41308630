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
import { Construct } from 'constructs';
import type { Job } from '../../events/metrics.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { ServiceFunction } from './service-function.ts';

/** When a function is started, and with which input. */
export interface Start {
  /** Construct id of the schedule. */
  readonly id: string;
  /** The job that the function reports as done after a successful run. */
  readonly job: Job;
  readonly description: string;
  /** In UTC. */
  readonly due: CronOptionsWithTimezone;
  /** What the function gets. */
  readonly input: object;
}

/**
 * Schedules of one function, in a separate group. Failed starts go to a dead-letter queue after an hour,
 * and so do runs that Lambda gives up: EventBridge Scheduler invokes asynchronously.
 */
export class Schedules extends Construct {
  /** What they start; alarms derive from it. */
  readonly starts: { readonly job: Job; readonly isDaily: boolean; readonly target: ServiceFunction }[] = [];
  readonly group: ScheduleGroup;
  readonly undelivered: DeadLetterQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    this.undelivered = new DeadLetterQueue(this, 'Undelivered', 'the schedules');
  }

  /**
   * Starts the function at the given times. A second function of the group needs an invoker with another
   * id.
   */
  protected startAt(target: ServiceFunction, all: readonly Start[], invoker = 'Invoker'): void {
    const role = this.#invokerOf(target, invoker).withoutPolicyUpdates();
    target.keepDropped(this.undelivered);
    for (const { id, job, description, due, input } of all) {
      this.starts.push({ job, isDaily: due.hour !== undefined, target });
      new Schedule(this, id, {
        description,
        schedule: ScheduleExpression.cron({ ...due, timeZone: TimeZone.of('UTC') }),
        scheduleGroup: this.group,
        target: new LambdaInvoke(target.lambda, {
          role,
          input: ScheduleTargetInput.fromObject(input),
          retryAttempts: 3,
          maxEventAge: Duration.hours(1),
          deadLetterQueue: this.undelivered,
        }),
      });
    }
  }

  /**
   * The schedules' role, which only this group's schedules can assume, so none of another account.
   * `LambdaInvoke` would also grant all versions of the function.
   */
  #invokerOf({ lambda, service }: ServiceFunction, id: string): Role {
    const role = new Role(this, id, {
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
