import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { AlarmSettings } from './alarm-mail.ts';

/** Operations on the table and its indexes. DynamoDB counts throttled requests per operation. */
export const tableOperations = [
  'BatchGetItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
] as const;

export function tableThrottled({ tableName: TableName }: ITable): AlarmSettings {
  const period = Duration.minutes(5);
  const named = tableOperations.map((Operation, index) => {
    const metric = new Metric({
      namespace: 'AWS/DynamoDB',
      metricName: 'ThrottledRequests',
      dimensionsMap: { TableName, Operation },
      ...{ period, statistic: Stats.SUM },
    });
    return [`m${index}`, metric] as const;
  });
  return {
    id: 'TableThrottled',
    says: 'For ten minutes, DynamoDB refused at least a hundred requests every five minutes.',
    metric: new MathExpression({
      expression: named.map(([name]) => `FILL(${name}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(named),
      period,
    }),
    threshold: 100,
    periods: 2,
  };
}
