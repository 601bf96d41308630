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
  /** Raises the alarms that take a new version back. Absent where there are none. */
  readonly mail: AlarmMail | undefined;
}

/**
 * Moves people's requests to a new version of a function by and by: a tenth for five minutes, then all. If an
 * alarm is raised meanwhile, CodeDeploy moves them back, and the deployment of the stack fails and rolls
 * back. The stage setting `rollout: atOnce` does without, for a repair while an alarm is raised.
 */
export class GradualDeploy extends Construct {
  /** What takes a new version back. */
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { stage, mail, ...watched }: GradualDeployProps) {
    super(scope, id);
    const { functions } = watched;
    const raised = rolloutAlarms(watched);
    this.alarms = mail ? raised.map((one) => mail.raise(one)) : [];
    // By name: an alarm refers to a function, the function to the alias that it invokes, and the alias to the
    // deployment group that has to know the alarm.
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
        targets: [new SnsTopic(mail.topic)],
      }),
      'Serverless-EventBusDLQ',
      'It only tells people sooner: whoever deploys sees the same, and so do the alarms that it was rolled back for.',
    );
  }

  /** CodeDeploy's: it may move these aliases, and no other. AWS's own policy would let it move all. */
  #role(functions: readonly ServiceFunction[]): Role {
    const role = new Role(this, 'Role', {
      description: 'Moves requests to new versions of the functions that answer people',
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
      'It reads the states of alarms, which it asks for by their names and not by their ARNs.',
    );
    return role;
  }
}
