import { Duration } from 'aws-cdk-lib';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** What couldn't be delivered within its time. An operator reads it when its alarm is raised. */
export class DeadLetterQueue extends Queue {
  /** @param of what it is the dead letter queue of */
  constructor(scope: Construct, id: string, of: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    for (const finding of ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'])
      acknowledge(this, finding, `It is the dead letter queue of ${of}, and nothing consumes it.`);
  }

  /** How a rule's target delivers: it retries for a day, then puts the event here. */
  get delivery(): Pick<CfnRule.TargetProperty, 'retryPolicy' | 'deadLetterConfig'> {
    return {
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
      deadLetterConfig: { arn: this.queueArn },
    };
  }

  /** Lets a rule put its undelivered events here. CDK's `Rule` would add a second queue policy. */
  takeFrom(rule: CfnRule): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [this.queueArn],
        principals: [new ServicePrincipal('events.amazonaws.com')],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
  }
}
