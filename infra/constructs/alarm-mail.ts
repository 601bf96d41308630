import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** When an alarm is raised. */
export interface AlarmSettings {
  readonly id: string;
  /** What it says in its mail. */
  readonly description: string;
  readonly metric: IMetric;
  /** From which value on it is raised. Default: 1. */
  readonly threshold?: number;
  /** For how many periods of the metric on end. Default: 1. */
  readonly periods?: number;
  /** It is raised below the threshold instead, and where there is no data at all. */
  readonly below?: boolean;
}

/** Lines of a function's log, by their message; the alarm is raised by the first. */
interface WatchedLines {
  readonly id: string;
  readonly description: string;
  readonly of: ServiceFunction;
  readonly text: string;
  readonly metric: string;
  /** Over which they are counted. Default: five minutes. */
  readonly period?: Duration;
}

/** The sum of five minutes. */
export const fiveMinutes = { period: Duration.minutes(5), statistic: Stats.SUM };

/** Raises alarms by mail to one address. */
export class AlarmMail {
  readonly #scope: Construct;
  readonly #action: SnsAction;

  constructor(scope: Construct, email: string) {
    this.#scope = scope;
    const topic = new Topic(scope, 'Topic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    // A topic policy replaces the default one, which lets CloudWatch publish.
    topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    );
    this.#action = new SnsAction(topic);
  }

  raise({ id, description, metric, threshold = 1, periods = 1, below = false }: AlarmSettings): void {
    new Alarm(this.#scope, id, {
      alarmDescription: description,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(this.#action);
  }

  watchLines(lines: WatchedLines): void {
    const { id, description, period = fiveMinutes.period } = lines;
    this.raise({ id, description, metric: this.#countOf(lines).metric({ ...fiveMinutes, period }) });
  }

  /** Raises an alarm when a line that should come doesn't, for so many periods on end. */
  missLines({ periods, ...lines }: WatchedLines & { readonly periods: number }): void {
    const { id, description, period = fiveMinutes.period } = lines;
    const metric = this.#countOf(lines).metric({ ...fiveMinutes, period });
    this.raise({ id, description, metric, periods, below: true });
  }

  #countOf({ id, of, text, metric }: WatchedLines): MetricFilter {
    return new MetricFilter(this.#scope, `${id}Lines`, {
      logGroup: of.lambda.logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', text),
      metricNamespace: `MTCMS/${Stack.of(this.#scope).stackName}`,
      metricName: metric,
    });
  }
}
