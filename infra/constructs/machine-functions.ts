import { Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { deliveryRoles } from '../../domain/webhook/webhook.schema.ts';
import { acknowledge } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';

interface KeyBrokerProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** The function that serves API keys, the only one that may invoke it. */
  readonly caller: ServiceFunction;
}

/**
 * Exchanges a valid API key for credentials of its organization, as STS does for users' tokens. Its own
 * role can only read keys. It has no route.
 */
export class KeyBroker extends Construct {
  readonly broker: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table, caller }: KeyBrokerProps) {
    super(scope, id);
    this.broker = new ServiceFunction(this, 'Broker', {
      stage,
      entry: 'machines/key-broker',
      description: 'Opens an organization for a valid API key',
      memorySize: 1024,
      // Less than its caller's, so that the caller can report the result.
      timeout: Duration.seconds(5),
      environment: { TABLE_NAME: table.tableName },
    });
    this.broker.allow({
      actions: ['dynamodb:GetItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.apiKeys]),
    });
    caller.letInvoke(this.broker.lambda, 'KEY_BROKER_NAME');
  }
}

interface WebhookSenderProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** The function that reports new messages. */
  readonly waker: ServiceFunction;
  /**
   * The functions that also request tests of a target, and return the principal that a bucket's role has to
   * trust.
   */
  readonly callers: readonly ServiceFunction[];
}

/**
 * Sends the messages of organizations' webhooks: the only function that calls URLs chosen by customers, and
 * puts objects into their buckets. It reaches one organization at a time, and with its own role only the
 * list of those with something to send.
 */
export class WebhookSender extends Schedules {
  readonly sender: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table, waker, callers }: WebhookSenderProps) {
    super(scope, id);
    this.sender = new ServiceFunction(this, 'Sender', {
      stage,
      entry: 'machines/webhook-sender',
      description: 'Sends webhook messages, one organization at a time',
      memorySize: 512,
      timeout: Duration.minutes(5),
      environment: {
        TABLE_NAME: table.tableName,
        WEBHOOKS_TO_LOCALHOST: String(stage.webhooksToLocalhost),
      },
    });
    this.sender.allow({
      actions: ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.webhookDue]),
    });
    this.#intoBuckets();
    for (const caller of [waker, ...callers]) caller.letInvoke(this.sender.lambda, 'WEBHOOK_SENDER_NAME');
    for (const { lambda } of callers)
      lambda.addEnvironment('WEBHOOK_SENDER_ROLE_ARN', this.sender.role.roleArn);
    this.startAt(this.sender, [
      {
        id: 'Due',
        job: 'webhooks',
        description: 'Resends failed messages, every minute',
        due: { minute: '*' },
        input: { due: true },
      },
    ]);
  }

  /**
   * It may assume the roles that organizations provide, identified by name, and never a role of this
   * account. Their policies decide what it may do. Not only with an external ID, because its test reports
   * roles that can be assumed without one.
   */
  #intoBuckets(): void {
    const actions = ['sts:AssumeRole'];
    const roles = (account: string) => [`arn:aws:iam::${account}:role/${deliveryRoles}*`];
    this.sender.allow({ actions, resources: roles('*') });
    this.sender.deny({ actions, resources: roles(Stack.of(this).account) });
    acknowledge(
      this.sender.role,
      `AwsSolutions-IAM5[Resource::${roles('*')[0]}]`,
      'Organizations name a role of their own account; each has to trust this function, with its external ID.',
    );
  }
}
