import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { directoryIndex, partitionPatterns } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { ServiceFunction } from './service-function.ts';
import { ShardSchedules } from './shard-schedules.ts';

interface InvitationSchedulesProps {
  readonly stage: StageSettings;
  readonly table: ITable;
}

/**
 * Invitation maintenance, every hour for each shard of the organizations: sends queued invitations and
 * expires old ones, which frees their seats. It has its own function, because no other scheduled work needs
 * Clerk.
 */
export class InvitationSchedules extends ShardSchedules {
  readonly invitations: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table }: InvitationSchedulesProps) {
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
