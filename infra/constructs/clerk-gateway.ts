import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { ServiceFunction } from './service-function.ts';

interface ClerkGatewayProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** The functions that may invoke it. */
  readonly callers: readonly ServiceFunction[];
  /** Receives states that the gateway has found at Clerk and no webhook has reported. */
  readonly webhooks: ServiceFunction;
}

/**
 * The only function that can read Clerk's secret key, with which sessions of any user can be created. It
 * has no route: other functions invoke it with a `GatewayRequest`. It only reads the table.
 */
export class ClerkGateway extends Construct {
  readonly gateway: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table, callers, webhooks }: ClerkGatewayProps) {
    super(scope, id);
    this.gateway = new ServiceFunction(this, 'Gateway', {
      stage,
      entry: 'clerk/gateway',
      description: 'Sends invitations and links people at Clerk; alone can read its secret key',
      memorySize: 1024,
      // Less than its callers' timeout, so that they can report the result.
      timeout: Duration.seconds(9),
      environment: {
        TABLE_NAME: table.tableName,
        CLERK_API_URL: stage.clerkApiUrl,
        CLERK_SECRET_ID: stage.clerkSecretName,
        APP_ORIGIN: stage.origin,
      },
    });
    this.gateway.allow({
      actions: ['dynamodb:GetItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys(partitionPatterns.clerkGateway),
    });
    // The drift check reads users page by page, and organizations' claims.
    this.gateway.allow({
      actions: ['dynamodb:BatchGetItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys(partitionPatterns.comparedPeople),
    });
    this.gateway.allow({
      actions: ['dynamodb:Query'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.memberClaims]),
    });
    this.gateway.letInvoke(webhooks.lambda, 'WEBHOOKS_FUNCTION_NAME');
    this.gateway.letRead(Secret.fromSecretNameV2(this, 'Secret', stage.clerkSecretName));
    for (const caller of callers) caller.letInvoke(this.gateway.lambda, 'CLERK_GATEWAY_NAME');
  }
}
