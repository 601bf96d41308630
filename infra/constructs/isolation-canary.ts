import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { StageSettings } from '../stage.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';

interface IsolationCanaryProps {
  readonly stage: StageSettings;
  readonly table: ITable;
}

/**
 * Tries every few minutes whether one organization's credentials reach another's data. Its role may do
 * nothing but begin sessions of the tenant role, for the two probe organizations: see `TenantRole`.
 */
export class IsolationCanary extends Schedules {
  readonly canary: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table }: IsolationCanaryProps) {
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
        description: 'Tries the isolation of organizations, every quarter of an hour',
        due: { minute: '0/15' },
        input: {},
      },
    ]);
  }
}
