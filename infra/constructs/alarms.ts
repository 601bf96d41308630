import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Alarm, type IAlarm, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metricsNamespace } from '../../events/metrics.ts';
import type { StageSettings } from '../stage.ts';
import { alarmList, rolloutAlarms, type Watched, watchedLines } from './alarm-list.ts';
import { AlarmMail } from './alarm-mail.ts';

interface AlarmsProps extends Omit<Watched, 'stage'> {
  readonly stage: StageSettings;
  readonly email: string;
}

/** All alarms of `alarm-list.ts`, mailed to one address. */
export class Alarms extends Construct {
  readonly all: Alarm[];
  /**
   * Those of `all` that take a new version back, by name: an alarm refers to a function, the function to the
   * alias that it invokes, and the alias to the deployment group that has to know the alarm.
   */
  readonly rollout: readonly IAlarm[];
  readonly topic: ITopic;
  readonly mail: AlarmMail;

  constructor(scope: Construct, id: string, { email, stage, ...watched }: AlarmsProps) {
    super(scope, id);
    const counted = watchedLines.map(({ of, message, period, ...settings }) => {
      const logs = watched.functions.find(({ service }) => service === of);
      if (logs === undefined) throw new Error(`There is no function ${of} for the alarm ${settings.id}`);
      const metric = new Metric({
        namespace: metricsNamespace(stage.name),
        metricName: settings.id,
        statistic: Stats.SUM,
        ...(period && { period }),
      });
      new MetricFilter(this, `${settings.id}Lines`, {
        logGroup: logs.lambda.logGroup,
        filterPattern: FilterPattern.stringValue('$.message', '=', message),
        metricNamespace: metric.namespace,
        metricName: metric.metricName,
      });
      return { ...settings, metric };
    });
    const mail = new AlarmMail(this, stage, email);
    this.mail = mail;
    this.topic = mail.topic;
    const rollout = rolloutAlarms(watched);
    this.rollout = rollout.map(({ id }) => Alarm.fromAlarmName(this, `${id}ByName`, mail.nameOf(id)));
    const all = [...alarmList({ ...watched, stage: stage.name }), ...counted, ...rollout];
    this.all = all.map((one) => mail.raise(one));
    this.#budget(stage, email);
  }

  /** Of the whole account, which is the stage's: tags tell costs apart only once somebody activates them. */
  #budget({ name, monthlyBudget }: StageSettings, address: string): void {
    const tell = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: {
        ...{ notificationType, threshold },
        ...{ comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
      },
      subscribers: [{ subscriptionType: 'EMAIL', address }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        ...{ budgetName: `mtcms-${name}`, budgetType: 'COST', timeUnit: 'MONTHLY' },
        budgetLimit: { amount: monthlyBudget, unit: 'USD' },
      },
      notificationsWithSubscribers: [tell('ACTUAL', 80), tell('FORECASTED', 100)],
    });
  }
}
