import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { DataStack } from '../stacks/data-stack.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { allowSecret, secretByName } from './secret-access.ts';
import { ServiceFunction } from './service-function.ts';

interface ClerkGatewayProps {
  readonly stage: StageSettings;
  readonly data: DataStack;
  /** The functions that may ask it. */
  readonly callers: readonly ServiceFunction[];
}

/**
 * The one function that can read Clerk's secret key, with which anybody's session can be made. It has no
 * route: other functions ask it for what `GatewayRequest` describes, and it reads in the table whom that is
 * about. It writes nothing there.
 */
export class ClerkGateway extends Construct {
  readonly gateway: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, data: { table }, callers }: ClerkGatewayProps) {
    super(scope, id);
    this.gateway = new ServiceFunction(this, 'Gateway', {
      stage,
      entry: 'clerk/gateway',
      description: 'Sends invitations and links people at Clerk; alone can read its secret key',
      memorySize: 1024,
      // Less than its callers have, so that they can still say what became of it.
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
    allowSecret(this.gateway, secretByName(this, stage.clerkSecretName));
    const { lambda } = this.gateway;
    for (const caller of callers) {
      caller.allow({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] });
      caller.lambda.addEnvironment('CLERK_GATEWAY_NAME', lambda.functionName);
    }
  }
}
