import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';

interface DriftScheduleProps {
  readonly stage: StageSettings;
  readonly table: ITable;
}

/**
 * The comparison of the table with Clerk: once a day, and looked after every hour. Its function reaches only
 * the reports; it asks the gateway to compare and to repair.
 */
export class DriftSchedule extends Schedules {
  readonly drift: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table }: DriftScheduleProps) {
    super(scope, id);
    this.drift = new ServiceFunction(this, 'Drift', {
      stage,
      entry: 'schedules/drift',
      description: 'Compares the table with Clerk and has differences repaired',
      memorySize: 256,
      // What isn't done by then goes on an hour later.
      timeout: Duration.minutes(10),
      environment: { TABLE_NAME: table.tableName },
    });
    this.drift.allow({
      actions: ['dynamodb:Query', 'dynamodb:PutItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.driftRuns]),
    });
    this.startAt(this.drift, [
      {
        id: 'Compare',
        job: 'drift',
        description: 'Compares the table with Clerk, once a day; goes on every hour with what is left',
        due: { minute: '25' },
        input: { dryRun: false },
      },
    ]);
  }

  /** Lets a function start a comparison at other times than the schedule does. */
  letStart(starter: ServiceFunction): void {
    starter.letInvoke(this.drift.lambda, 'DRIFT_FUNCTION_NAME');
  }
}
