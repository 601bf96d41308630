import { Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import { rolloutAlarms, type Watched } from './alarm-list.ts';
import type { AlarmMail } from './alarm-mail.ts';
import type { ServiceFunction } from './service-function.ts';

interface GradualDeployProps extends Pick<Watched, 'http' | 'functions'> {
  readonly stage: StageSettings;
  /** Raises the alarms that roll back a new version; undefined without alarms. */
  readonly mail: AlarmMail | undefined;
}

/**
 * Shifts requests to a new version of a function gradually: 10 % for five minutes, then all. If an alarm is
 * raised meanwhile, CodeDeploy shifts them back, and the stack's deployment fails and rolls back. The stage
 * setting `rollout: atOnce` skips this, for a fix while an alarm is active.
 */
export class GradualDeploy extends Construct {
  /** The alarms that roll back a new version. */
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { stage, mail, ...watched }: GradualDeployProps) {
    super(scope, id);
    const { functions } = watched;
    const raised = rolloutAlarms(watched);
    this.alarms = mail ? raised.map((one) => mail.raise(one)) : [];
    // By name, because references would be circular: an alarm refers to a function, the function to the
    // alias that it invokes, and the alias to the deployment group, which refers to the alarm.
    const alarms = mail
      ? raised.map(({ id: name }) => Alarm.fromAlarmName(this, `${name}ByName`, mail.nameOf(name)))
      : [];
    const application = new LambdaApplication(this, 'Application');
    const gradual = functions.filter(({ answersPeople }) => answersPeople);
    const role = this.#role(gradual);
    const canary = stage.rollout === 'canary';
    for (const { node, live } of gradual)
      new LambdaDeploymentGroup(this, node.id, {
        application,
        alias: live,
        role: role.withoutPolicyUpdates(),
        deploymentConfig: canary
          ? LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES
          : LambdaDeploymentConfig.ALL_AT_ONCE,
        alarms,
        ignoreAlarmConfiguration: !canary,
        autoRollback: {
          failedDeployment: true,
          stoppedDeployment: true,
          ...(mail && { deploymentInAlarm: canary }),
        },
      });
    if (mail === undefined) return;
    acknowledge(
      new Rule(this, 'RolledBack', {
        description: 'Deployments that CodeDeploy has rolled back',
        eventPattern: {
          source: ['aws.codedeploy'],
          detailType: ['CodeDeploy Deployment State-change Notification'],
          detail: { state: ['FAILURE', 'STOPPED'], application: [application.applicationName] },
        },
        // With a role: the topic's policy would let every account's rules publish.
        targets: [new SnsTopic(mail.topic, { authorizeUsingRole: true })],
      }),
      'Serverless-EventBusDLQ',
      'It only notifies earlier: the deployment shows the same, and so do the alarms that caused the rollback.',
    );
  }

  /** CodeDeploy's role: it may only update these aliases. AWS's managed policy covers all. */
  #role(functions: readonly ServiceFunction[]): Role {
    const role = new Role(this, 'Role', {
      description: 'Moves requests to new versions of the functions that serve users',
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        resources: functions.flatMap(({ lambda, live }) => [lambda.functionArn, live.functionArn]),
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'It reads alarm states, which are requested by name and not by ARN.',
    );
    return role;
  }
}
