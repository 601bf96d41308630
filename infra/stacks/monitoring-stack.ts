import { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { type Alarm, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { metricsNamespace } from '../../events/metrics.ts';
import { alarmList, type Watched, watchedLines } from '../constructs/alarm-list.ts';
import type { AlarmMail } from '../constructs/alarm-mail.ts';
import { StageDashboard } from '../constructs/stage-dashboard.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';
import type { ServiceStack } from './service-stack.ts';

interface AlarmsProps extends Omit<Watched, 'stage'> {
  readonly stage: StageSettings;
  readonly email: string;
  readonly mail: AlarmMail;
}

/**
 * The alarms of `alarm-list.ts`, except those that roll back a new version, which belong to its deployment.
 */
class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { email, mail, stage, ...watched }: AlarmsProps) {
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
    this.all = [...alarmList({ ...watched, stage: stage.name }), ...counted].map((one) =>
      mail.raise(one, this),
    );
    this.#budget(stage, email);
  }

  /** For the whole account, which belongs to the stage: tags only separate costs once they are activated. */
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

/**
 * Alarms and dashboard of the service stack. A separate stack, because CloudFormation limits a stack to 500
 * resources and each function adds several alarms (decision 98).
 */
export class MonitoringStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stage, service }: { readonly stage: StageSettings; readonly service: ServiceStack },
  ) {
    super(scope, id, { ...stackPropsOf(stage), description: `MTCMS ${stage.name}: alarms and dashboard` });
    const { watched, rollout, alarmMail: mail } = service;
    const { alarmEmail: email } = stage;
    const alarms = email && mail ? new Alarms(this, 'Alarms', { ...watched, stage, email, mail }).all : [];
    new StageDashboard(this, 'Seeing', { ...watched, alarms: [...alarms, ...rollout.alarms] });
    // An older service stack contains these alarms: its update must release their names first.
    this.addStackDependency(service);
  }
}
