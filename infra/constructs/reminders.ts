import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule, type CfnRuleProps, type EventBus } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  CfnConfigurationSetEventDestination,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { eventSource } from '../../events/domain-event.ts';
import { addressOf, type StageSettings } from '../stage.ts';
import type { AlarmSettings } from './alarm-mail.ts';
import { ServiceFunction } from './service-function.ts';
import { ShardSchedules } from './shard-schedules.ts';

interface RemindersProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** The domain events, some of which admins are told of at once. */
  readonly bus: EventBus;
  /** Signs unsubscribe links. */
  readonly secret: ISecret;
}

/**
 * Email with Amazon SES: an hourly run of reminders per shard of organizations, notices to admins of support
 * access in an emergency and of paused webhooks, and a rule for bounces and complaints. The function may send
 * from one address only.
 */
export class Reminders extends ShardSchedules {
  readonly reminders: ServiceFunction;
  readonly alarm: AlarmSettings;

  constructor(scope: Construct, id: string, { stage, table, bus, secret }: RemindersProps) {
    super(scope, id);
    const { mailFrom = '' } = stage;
    const address = addressOf(mailFrom);
    const identity = new EmailIdentity(this, 'Sender', {
      identity: Identity.domain(address.slice(address.indexOf('@') + 1)),
    });
    identity.dkimRecords.forEach(({ name, value }, index) => {
      new CfnOutput(this, `MailRecord${index + 1}`, { value: `${name} CNAME ${value}` });
    });
    const letters = new ConfigurationSet(this, 'Mail', { tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE });
    this.reminders = new ServiceFunction(this, 'Reminders', {
      stage,
      entry: 'schedules/reminders',
      description: 'Sends reminders to the users of one shard of organizations',
      memorySize: 512,
      timeout: Duration.minutes(15),
      environment: {
        TABLE_NAME: table.tableName,
        APP_ORIGIN: stage.origin,
        MAIL_FROM: mailFrom,
        MAIL_CONFIGURATION_SET: letters.configurationSetName,
        MAIL_SECRET_ID: secret.secretArn,
      },
    });
    this.reminders.letRead(secret);
    this.letReadDirectory(this.reminders, table);
    const { partition, region, account } = Stack.of(this);
    const set = `arn:${partition}:ses:${region}:${account}:configuration-set/${letters.configurationSetName}`;
    this.reminders.allow({
      actions: ['ses:SendEmail'],
      resources: [identity.emailIdentityArn, set],
      conditions: { StringEquals: { 'ses:FromAddress': address } },
    });
    this.start(this.reminders, {
      id: 'Reminders',
      job: 'reminders',
      description: (shard) => `Reminders of shard ${shard}, in the organizations’ mornings`,
      due: (shard) => ({ minute: `${17 + 2 * shard}` }),
      input: (shard) => ({ shard }),
    });
    this.#hear(letters.configurationSetName);
    this.#deliver('Notices', {
      description: 'Support access in an emergency, and paused webhooks: admins are told by email',
      eventBusName: bus.eventBusName,
      eventPattern: {
        source: [eventSource],
        'detail-type': ['support-access.emergency-opened', 'webhook.paused'],
      },
    });
    this.alarm = {
      id: 'MailBounces',
      says: 'One email in twenty bounces. AWS suspends an account’s sending at about one in ten.',
      metric: new Metric({
        namespace: 'AWS/SES',
        metricName: 'Reputation.BounceRate',
        period: Duration.hours(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 0.05,
    };
  }

  /** Sends SES bounce and complaint events to the function. SES supports only the account's default bus. */
  #hear(configurationSet: string): void {
    const { partition, region, account } = Stack.of(this);
    new CfnConfigurationSetEventDestination(this, 'Events', {
      configurationSetName: configurationSet,
      eventDestination: {
        enabled: true,
        matchingEventTypes: ['bounce', 'complaint'],
        eventBridgeDestination: {
          eventBusArn: `arn:${partition}:events:${region}:${account}:event-bus/default`,
        },
      },
    });
    this.#deliver('Told', {
      description: 'Bounces of and complaints about this stage’s email, as reported by SES',
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSet] } } },
      },
    });
  }

  /** Invokes the function with the events of a rule. */
  #deliver(id: string, props: CfnRuleProps): void {
    const { lambda } = this.reminders;
    const rule = new CfnRule(this, id, {
      ...props,
      targets: [
        {
          id: 'reminders',
          arn: lambda.functionArn,
          ...this.undelivered.delivery,
        },
      ],
    });
    new CfnPermission(this, `${id}Invokes`, {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    this.undelivered.takeFrom(rule);
  }
}
