import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';

interface ApprovalsProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** The functions that may invoke it, passing on their callers' tokens. */
  readonly callers: readonly ServiceFunction[];
}

/**
 * The only function that writes approvals, and the only one that can create a super admin. It has no route:
 * others invoke it with an `ApprovalAsk`, and a schedule lets it continue unfinished work.
 */
export class Approvals extends Schedules {
  readonly approvals: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table, callers }: ApprovalsProps) {
    super(scope, id);
    this.approvals = new ServiceFunction(this, 'Approvals', {
      stage,
      entry: 'approvals/approvals',
      description: 'Decides on actions that need two super admins, and adds super admins',
      memorySize: 1024,
      timeout: Duration.seconds(30),
      environment: {
        TABLE_NAME: table.tableName,
        CLERK_ISSUER: stage.clerkIssuer,
        AUTHORIZED_PARTIES: stage.origin,
      },
    });
    this.#allow(table);
    for (const caller of callers) caller.letInvoke(this.approvals.lambda, 'APPROVALS_FUNCTION_NAME');
    this.startAt(this.approvals, [
      {
        id: 'Keep',
        job: 'approvals',
        description: 'Continues approved requests and closes expired ones, every ten minutes',
        due: { minute: '4/10' },
        input: { ask: 'keep' },
      },
    ]);
  }

  #allow(table: ITable): void {
    const { approvals, approvalFacts, newSuperAdmin, platformCounts } = partitionPatterns;
    for (const [actions, keys] of [
      [
        ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'],
        [approvals, ...approvalFacts],
      ],
      [['dynamodb:PutItem'], [approvals, ...newSuperAdmin]],
      [['dynamodb:UpdateItem'], [approvals, platformCounts]],
    ] as const)
      this.approvals.allow({
        actions: [...actions],
        resources: [table.tableArn],
        conditions: onlyLeadingKeys(keys),
      });
  }
}
