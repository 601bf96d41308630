import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { directoryIndex, directoryShards, partitionPatterns } from '../../domain/table/layout.ts';
import type { DataStack } from '../stacks/data-stack.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { scheduleInvoker } from './schedule-invoker.ts';
import { ServiceFunction } from './service-function.ts';

interface UsageSchedulesProps {
  readonly stage: StageSettings;
  readonly data: DataStack;
}

/** Hours and days in UTC. Shards start two minutes apart, so that they don't all read the table in the same second. */
const expressions = {
  day: (shard: number) => `cron(${10 + 2 * shard} 1 * * ? *)`,
  hour: (shard: number) => `cron(${5 + 2 * shard} * * * ? *)`,
};

/** Usage metrics: one schedule for each period and each shard of the organization directory, all on one function. */
export class UsageSchedules extends Construct {
  readonly usage: ServiceFunction;
  readonly group: ScheduleGroup;

  constructor(scope: Construct, id: string, { stage, data: { table } }: UsageSchedulesProps) {
    super(scope, id);
    this.usage = new ServiceFunction(this, 'Usage', {
      stage,
      entry: 'schedules/usage',
      description: 'Computes usage snapshots for one shard of the organizations',
      memorySize: 512,
      timeout: Duration.minutes(5),
      environment: { TABLE_NAME: table.tableName },
    });
    this.usage.allow({
      actions: ['dynamodb:Query'],
      resources: [`${table.tableArn}/index/${directoryIndex.name}`],
      conditions: onlyLeadingKeys([partitionPatterns.directory]),
    });
    this.usage.allow({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.usageRuns]),
    });

    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    const invoker = scheduleInvoker(this, this.group, this.usage);
    for (const period of ['day', 'hour'] as const)
      for (let shard = 0; shard < directoryShards; shard++)
        new CfnSchedule(this, `${period === 'day' ? 'Daily' : 'Hourly'}${shard}`, {
          description: `Usage of shard ${shard}, by the ${period}`,
          groupName: this.group.scheduleGroupName,
          scheduleExpression: expressions[period](shard),
          scheduleExpressionTimezone: 'UTC',
          flexibleTimeWindow: { mode: 'OFF' },
          target: {
            arn: this.usage.lambda.functionArn,
            roleArn: invoker.roleArn,
            input: JSON.stringify({ shard, period }),
            retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
          },
        });
  }

  /** Lets a function start the runs at other times than the schedules do: it learns the name, and may invoke this one function. */
  letStart(starter: ServiceFunction): void {
    const { lambda } = this.usage;
    starter.allow({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] });
    starter.lambda.addEnvironment('USAGE_FUNCTION_NAME', lambda.functionName);
  }
}
