import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { directoryIndex, directoryShards, partitionPatterns } from '../../domain/table/layout.ts';
import type { DataStack } from '../stacks/data-stack.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { scheduleInvoker } from './schedule-invoker.ts';
import { ServiceFunction } from './service-function.ts';

interface InvitationSchedulesProps {
  readonly stage: StageSettings;
  readonly data: DataStack;
}

/**
 * Every hour, for each shard of the organizations: invitations that could not be sent are sent, and those
 * whose time is over give back their seat. Its own function, because no other scheduled work asks Clerk.
 */
export class InvitationSchedules extends Construct {
  readonly invitations: ServiceFunction;
  readonly group: ScheduleGroup;

  constructor(scope: Construct, id: string, { stage, data: { table } }: InvitationSchedulesProps) {
    super(scope, id);
    this.invitations = new ServiceFunction(this, 'Invitations', {
      stage,
      entry: 'schedules/invitations',
      description: 'Sends queued invitations and closes expired ones, for one shard of the organizations',
      memorySize: 512,
      timeout: Duration.minutes(5),
      environment: { TABLE_NAME: table.tableName },
    });
    this.invitations.allow({
      actions: ['dynamodb:Query'],
      resources: [`${table.tableArn}/index/${directoryIndex.name}`],
      conditions: onlyLeadingKeys([partitionPatterns.directory]),
    });

    this.invitations.allow({
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.platformVisits.claims]),
    });

    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    const invoker = scheduleInvoker(this, this.group, this.invitations);
    for (let shard = 0; shard < directoryShards; shard++)
      new CfnSchedule(this, `Invitations${shard}`, {
        description: `Invitations of shard ${shard}, every hour`,
        groupName: this.group.scheduleGroupName,
        // Minutes of their own, after those of the usage schedules.
        scheduleExpression: `cron(${35 + 2 * shard} * * * ? *)`,
        scheduleExpressionTimezone: 'UTC',
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: this.invitations.lambda.functionArn,
          roleArn: invoker.roleArn,
          input: JSON.stringify({ shard }),
          retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
        },
      });
  }
}
