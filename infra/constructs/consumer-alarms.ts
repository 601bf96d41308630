import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmSettings, fiveMinutes } from './alarm-mail.ts';
import type { StreamConsumer } from './stream-consumer.ts';

/**
 * What tells that a consumer of the stream is in trouble, long before the stream forgets what it hasn't
 * handled. What to do is in docs/runbook.md.
 */
export function consumerAlarms(id: string, what: string, consumer: StreamConsumer): AlarmSettings[] {
  const { lambda, mapping } = consumer;
  const age = lambda.metric('IteratorAge', { period: Duration.minutes(5), statistic: Stats.MAXIMUM });
  const ofMapping = (metricName: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
      ...fiveMinutes,
    });
  return [
    {
      id: `${id}Behind`,
      description: `${what} are late by more than ten minutes.`,
      metric: age,
      threshold: Duration.minutes(10).toMilliseconds(),
    },
    {
      id: `${id}Stuck`,
      description: `${what} are late by more than six hours. After 23 they are put into the failure bucket.`,
      metric: age,
      threshold: Duration.hours(6).toMilliseconds(),
    },
    {
      id: `${id}Retrying`,
      description: `${what} have been failing for a quarter of an hour.`,
      metric: ofMapping('FailedInvokeEventCount'),
      periods: 3,
    },
    {
      // The canary changes an item every few minutes, so that there is always something to be woken by.
      id: `${id}Silent`,
      description: `${what} are not being written: the function hasn't run for an hour.`,
      metric: lambda.metricInvocations({ period: Duration.hours(1), statistic: Stats.SUM }),
      below: true,
    },
    {
      id: `${id}GaveUp`,
      description: `${what} are missing: their records are in the failure bucket.`,
      metric: ofMapping('OnFailureDestinationDeliveredEventCount'),
    },
    {
      id: `${id}Lost`,
      description: `${what} are lost: the failure bucket could not be written.`,
      metric: lambda.metric('DestinationDeliveryFailures', fiveMinutes),
    },
    {
      id: `${id}Dropped`,
      description: `${what} are lost: their records were dropped.`,
      metric: ofMapping('DroppedEventCount'),
    },
  ];
}
