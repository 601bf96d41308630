import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';
import { ShardSchedules } from './shard-schedules.ts';

interface ScheduledProps {
  readonly stage: StageSettings;
  readonly table: ITable;
}

/** Usage metrics: one schedule per period and directory shard, all for one function. */
export class UsageSchedules extends ShardSchedules {
  readonly usage: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table }: ScheduledProps) {
    super(scope, id);
    this.usage = new ServiceFunction(this, 'Usage', {
      stage,
      entry: 'schedules/usage',
      description: 'Computes usage snapshots for one shard of the organizations',
      memorySize: 512,
      // The maximum, since an operator may close a whole month.
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName },
    });
    this.letReadDirectory(this.usage, table);
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

  /** Lets a function start runs outside the schedule. */
  letStart(starter: ServiceFunction): void {
    starter.letInvoke(this.usage.lambda, 'USAGE_FUNCTION_NAME');
  }
}

/**
 * Invitation maintenance, every hour per directory shard: sends queued invitations and expires old ones,
 * which releases their seats. A function of its own, because no other scheduled job needs Clerk.
 */
export class InvitationSchedules extends ShardSchedules {
  readonly invitations: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table }: ScheduledProps) {
    super(scope, id);
    this.invitations = new ServiceFunction(this, 'Invitations', {
      stage,
      entry: 'schedules/invitations',
      description: 'Sends queued invitations and closes expired ones, for one shard of the organizations',
      memorySize: 512,
      timeout: Duration.minutes(5),
      environment: { TABLE_NAME: table.tableName },
    });
    this.letReadDirectory(this.invitations, table);
    this.invitations.allow({
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.memberClaims]),
    });
    this.start(this.invitations, {
      id: 'Invitations',
      job: 'invitations',
      description: (shard) => `Invitations of shard ${shard}, every hour`,
      // After those of the usage schedules.
      due: (shard) => ({ minute: `${35 + 2 * shard}` }),
      input: (shard) => ({ shard }),
    });
  }
}

/**
 * The drift check against Clerk: once a day, continued hourly if unfinished. Its function only reaches the
 * reports; the gateway compares and repairs.
 */
export class DriftSchedule extends Schedules {
  readonly drift: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table }: ScheduledProps) {
    super(scope, id);
    this.drift = new ServiceFunction(this, 'Drift', {
      stage,
      entry: 'schedules/drift',
      description: 'Compares the table with Clerk and has differences repaired',
      memorySize: 256,
      // What isn't done by then continues an hour later.
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
        description: 'Compares the table with Clerk once a day, and continues an unfinished run every hour',
        due: { minute: '25' },
        input: { dryRun: false },
      },
    ]);
  }

  /** Lets a function start a drift check outside the schedule. */
  letStart(starter: ServiceFunction): void {
    starter.letInvoke(this.drift.lambda, 'DRIFT_FUNCTION_NAME');
  }
}

/**
 * Tests every few minutes whether one organization's credentials reach another's data. Its role may only
 * start sessions of the tenant role for the two probe organizations: see `TenantRole`.
 */
export class IsolationCanary extends Schedules {
  readonly canary: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table }: ScheduledProps) {
    super(scope, id);
    this.canary = new ServiceFunction(this, 'Canary', {
      stage,
      entry: 'schedules/canary',
      description: 'Tries to reach the data of one organization with the credentials of another',
      memorySize: 512,
      timeout: Duration.minutes(1),
      environment: { TABLE_NAME: table.tableName },
    });
    this.startAt(this.canary, [
      {
        id: 'Try',
        job: 'canary',
        description: 'Tests the isolation of organizations, every quarter of an hour',
        due: { minute: '0/15' },
        input: {},
      },
    ]);
  }
}
