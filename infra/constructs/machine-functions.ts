import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { partitionPatterns } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';

interface KeyBrokerProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** The function that serves API keys, and the only one that may ask. */
  readonly caller: ServiceFunction;
}

/**
 * Exchanges a good API key for credentials of its organization: what STS does for people, whose tokens it can
 * check. Of the table its own role reads keys and nothing else. It has no route.
 */
export class KeyBroker extends Construct {
  readonly broker: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table, caller }: KeyBrokerProps) {
    super(scope, id);
    this.broker = new ServiceFunction(this, 'Broker', {
      stage,
      entry: 'machines/key-broker',
      description: 'Opens an organization for a good API key of it',
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
  /** The functions that say that there is something to send. */
  readonly callers: readonly ServiceFunction[];
}

/**
 * Sends the messages of organizations' webhooks: the only function that calls addresses which customers
 * chose. It reaches one organization at a time, and by its own role a list of those for which something
 * waits.
 */
export class WebhookSender extends Schedules {
  readonly sender: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table, callers }: WebhookSenderProps) {
    super(scope, id);
    this.sender = new ServiceFunction(this, 'Sender', {
      stage,
      entry: 'machines/webhook-sender',
      description: 'Sends the messages of webhooks, one organization at a time',
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
    for (const caller of callers) caller.letInvoke(this.sender.lambda, 'WEBHOOK_SENDER_NAME');
    this.startAt(this.sender, [
      {
        id: 'Due',
        job: 'webhooks',
        description: 'Sends again what failed, every minute',
        due: { minute: '*' },
        input: { due: true },
      },
    ]);
  }
}
