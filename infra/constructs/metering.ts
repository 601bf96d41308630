import { Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  ApiDestination,
  Authorization,
  CfnRule,
  Connection,
  type EventBus,
  HttpMethod,
  HttpParameter,
} from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { eventSource } from '../../events/domain-event.ts';
import { meteredType } from '../../events/metering.ts';
import type { AlarmSettings } from './alarm-mail.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

interface MeteringProps {
  readonly bus: EventBus;
  readonly url: string;
  /** A JSON secret with the `Authorization` header under the key `authorization`. */
  readonly secretName: string;
}

/**
 * Sends metering events from the bus to a billing system, one CloudEvent per request. Events not accepted
 * within a day go to a dead-letter queue.
 */
export class Metering extends Construct {
  readonly undelivered: DeadLetterQueue;
  readonly alarm: AlarmSettings;

  constructor(scope: Construct, id: string, { bus, url, secretName }: MeteringProps) {
    super(scope, id);
    this.undelivered = new DeadLetterQueue(this, 'Undelivered', 'metering');
    this.alarm = {
      id: 'MeteringUndelivered',
      says: 'The billing system refused metering events, or did not take them for a day.',
      metric: this.undelivered.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: Stats.MAXIMUM,
      }),
    };
    const connection = new Connection(this, 'Connection', {
      description: 'The billing system',
      authorization: Authorization.apiKey(
        'Authorization',
        SecretValue.secretsManager(secretName, { jsonField: 'authorization' }),
      ),
      headerParameters: { 'Content-Type': HttpParameter.fromString('application/cloudevents+json') },
    });
    const destination = new ApiDestination(this, 'Destination', {
      description: 'Takes metering events',
      connection,
      endpoint: url,
      httpMethod: HttpMethod.POST,
      rateLimitPerSecond: 50,
    });
    const role = new Role(this, 'Sender', {
      description: 'Sends metering events to the billing system',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['events:InvokeApiDestination'],
        resources: [destination.apiDestinationArnForPolicy ?? destination.apiDestinationArn],
      }),
    );
    // CDK's own `Rule` would extend the role.
    const rule = new CfnRule(this, 'Metered', {
      description: 'Metering events, for the billing system',
      eventBusName: bus.eventBusName,
      eventPattern: { source: [eventSource], 'detail-type': [meteredType] },
      targets: [
        {
          id: 'billing',
          arn: destination.apiDestinationArn,
          roleArn: role.roleArn,
          inputPath: '$.detail',
          ...this.undelivered.delivery,
        },
      ],
    });
    this.undelivered.takeFrom(rule);
  }
}
