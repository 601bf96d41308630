import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { directoryIndex, partitionPatterns } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { ServiceFunction } from './service-function.ts';
import { ShardSchedules } from './shard-schedules.ts';

interface UsageSchedulesProps {
  readonly stage: StageSettings;
  readonly table: ITable;
}

/**
 * Usage metrics: one schedule for each period and each shard of the organization directory, all on one
 * function.
 */
export class UsageSchedules extends ShardSchedules {
  readonly usage: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table }: UsageSchedulesProps) {
    super(scope, id);
    this.usage = new ServiceFunction(this, 'Usage', {
      stage,
      entry: 'schedules/usage',
      description: 'Computes usage snapshots for one shard of the organizations',
      memorySize: 512,
      // The longest there is: a person may have it close a month.
      timeout: Duration.minutes(15),
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
    this.start(
      this.usage,
      {
        id: 'Daily',
        job: 'usage-day',
        description: (shard) => `Usage of shard ${shard}, by the day`,
        due: (shard) => ({ hour: '1', minute: `${10 + 2 * shard}` }),
        input: (shard) => ({ shard, period: 'day' }),
      },
      {
        id: 'Hourly',
        job: 'usage-hour',
        description: (shard) => `Usage of shard ${shard}, by the hour`,
        due: (shard) => ({ minute: `${5 + 2 * shard}` }),
        input: (shard) => ({ shard, period: 'hour' }),
      },
    );
  }

  /** Lets a function start runs at other times than the schedules do. */
  letStart(starter: ServiceFunction): void {
    starter.letInvoke(this.usage.lambda, 'USAGE_FUNCTION_NAME');
  }
}
