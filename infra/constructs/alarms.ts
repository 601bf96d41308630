import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { memberTwice, misdatedChange, unattributedChange } from '../../events/alarming.ts';
import type { ApiFunctions } from './api-functions.ts';
import type { ChangeConsumers } from './change-consumers.ts';
import type { ClerkGateway } from './clerk-gateway.ts';
import type { InvitationSchedules } from './invitation-schedules.ts';
import type { RouteTableApi } from './route-table-api.ts';
import type { ServiceFunction } from './service-function.ts';
import type { StreamConsumer } from './stream-consumer.ts';
import type { UsageSchedules } from './usage-schedules.ts';

interface AlarmsProps {
  readonly email: string;
  readonly http: RouteTableApi;
  readonly api: ApiFunctions;
  readonly changes: ChangeConsumers;
  readonly schedules: UsageSchedules;
  readonly maintenance: InvitationSchedules;
  readonly clerk: ClerkGateway;
}

const fiveMinutes = { period: Duration.minutes(5), statistic: Stats.SUM };

/** Alarms by mail about what a person has to look at: failed requests, and changes that are late or lost. */
export class Alarms extends Construct {
  readonly #action: SnsAction;

  constructor(
    scope: Construct,
    id: string,
    { email, http, api, changes, schedules, maintenance, clerk }: AlarmsProps,
  ) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    // A topic policy replaces the default one, which lets CloudWatch publish.
    topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.#action = new SnsAction(topic);

    this.alarm('ApiFailing', 'The API answered 5xx.', http.api.metricServerError(fiveMinutes), 5);
    const crashes = 'The function crashed or ran out of time or memory: its log says which.';
    this.alarm('AdminCrashed', crashes, api.admin.lambda.metricErrors(fiveMinutes), 1);
    this.alarm('OrganizationCrashed', crashes, api.organization.lambda.metricErrors(fiveMinutes), 1);
    this.alarm('SupportCrashed', crashes, api.support.lambda.metricErrors(fiveMinutes), 1);
    this.alarm('WebhooksCrashed', crashes, api.webhooks.lambda.metricErrors(fiveMinutes), 1);
    this.alarm('ClerkGatewayCrashed', crashes, clerk.gateway.lambda.metricErrors(fiveMinutes), 1);
    this.alarm(
      'UsageFailed',
      'Usage snapshots are missing.',
      schedules.usage.lambda.metricErrors(fiveMinutes),
      1,
    );
    this.alarm('UsageDropped', 'A schedule gave up.', schedules.group.metricDropped(fiveMinutes), 1);
    const invitations = maintenance.invitations.lambda.metricErrors(fiveMinutes);
    this.alarm(
      'InvitationsFailed',
      'Invitations are not sent, or hold seats after their time.',
      invitations,
      1,
    );
    this.alarm('InvitationsDropped', 'A schedule gave up.', maintenance.group.metricDropped(fiveMinutes), 1);
    this.watchAttribution(changes.auditWriter);
    this.watchLines(
      'MemberTwice',
      'Somebody is a member of two organizations and reaches one of them only: the log says who.',
      maintenance.invitations.lambda,
      { text: memberTwice, metric: 'MembersTwice' },
    );
    this.watchConsumer('AuditWriter', 'Audit entries', changes.auditWriter);
    this.watchConsumer('EventPublisher', 'Domain events', changes.eventPublisher);
  }

  /**
   * Every write says who made it and when. One that doesn't came from outside the product, or from a mistake
   * in it.
   */
  private watchAttribution({ lambda }: StreamConsumer): void {
    for (const [id, text, what] of [
      ['Unattributed', unattributedChange, 'A change names nobody as its author.'],
      ['Misdated', misdatedChange, 'A change gives another time than the table has.'],
    ] as const)
      this.watchLines(id, what, lambda, { text, metric: `${id}Changes` });
  }

  private watchLines(
    id: string,
    what: string,
    { logGroup }: Pick<ServiceFunction['lambda'], 'logGroup'>,
    { text, metric }: { readonly text: string; readonly metric: string },
  ): void {
    const lines = new MetricFilter(this, `${id}Lines`, {
      logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', text),
      metricNamespace: `MTCMS/${Stack.of(this).stackName}`,
      metricName: metric,
    });
    this.alarm(id, what, lines.metric(fiveMinutes), 1);
  }

  private watchConsumer(id: string, what: string, { lambda, mapping }: StreamConsumer): void {
    const age = lambda.metric('IteratorAge', { period: Duration.minutes(5), statistic: Stats.MAXIMUM });
    this.alarm(
      `${id}Behind`,
      `${what} are late by more than ten minutes.`,
      age,
      Duration.minutes(10).toMilliseconds(),
    );
    const kept = new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'OnFailureDestinationDeliveredEventCount',
      dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
      ...fiveMinutes,
    });
    this.alarm(`${id}GaveUp`, `${what} are missing: their records are in the failure bucket.`, kept, 1);
    const lost = lambda.metric('DestinationDeliveryFailures', fiveMinutes);
    this.alarm(`${id}Lost`, `${what} are lost: the failure bucket could not be written.`, lost, 1);
  }

  private alarm(id: string, description: string, metric: IMetric, threshold: number): void {
    new Alarm(this, id, {
      alarmDescription: description,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(this.#action);
  }
}
