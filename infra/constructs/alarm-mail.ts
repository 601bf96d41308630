import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';

export interface AlarmSettings {
  readonly id: string;
  /** The runbook's heading. Default: the id. `…Failed` covers all ids with that ending. */
  readonly paragraph?: string;
  /** The text of its email. */
  readonly says: string;
  readonly metric: IMetric;
  /** The value from which it is raised. Default: 1. */
  readonly threshold?: number;
  /** The number of consecutive periods. Default: 1. */
  readonly periods?: number;
  /** Whether it is raised below the threshold instead, and without data. */
  readonly below?: boolean;
}

/** Sends alarms to one email address, each with a link to its section in the runbook. */
export class AlarmMail {
  readonly #scope: Construct;
  readonly #stage: StageSettings;
  readonly topic: Topic;

  constructor(scope: Construct, stage: StageSettings, email: string) {
    this.#scope = scope;
    this.#stage = stage;
    this.topic = new Topic(scope, 'Topic', { enforceSSL: true });
    acknowledge(
      this.topic.addSubscription(new EmailSubscription(email)),
      'Serverless-SNSRedrivePolicy',
      'A bounced email needs a person, not a queue: the dashboard shows the alarm anyway.',
    );
    // A topic policy replaces the default one, which lets CloudWatch publish.
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    );
  }

  /** The alarm's name in the account. */
  nameOf(id: string): string {
    return `mtcms-${this.#stage.name}-${id}`;
  }

  /** @param scope the construct of another stack, if the alarm is about its resources */
  raise(settings: AlarmSettings, scope = this.#scope): Alarm {
    const { id, paragraph = id, says, metric, threshold = 1, periods = 1, below = false } = settings;
    const alarm = new Alarm(scope, id, {
      alarmName: this.nameOf(id),
      alarmDescription: `${says} What to do: ${this.#stage.runbook}#${anchorOf(paragraph)}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}

/** GitHub's anchor for a heading of one word, which every alarm's heading is. */
const anchorOf = (heading: string): string => heading.replaceAll(/\W/g, '').toLowerCase();
