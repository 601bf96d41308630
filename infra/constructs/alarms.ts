import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  brokenTrail,
  canaryUnclear,
  failuresWaiting,
  isolationCrossed,
  memberTwice,
  misdatedChange,
  recordSetAside,
  trailsCheckpointed,
  unattributedChange,
  waitingAlone,
} from '../../events/alarming.ts';
import { AlarmMail, fiveMinutes } from './alarm-mail.ts';
import type { ApiFunctions } from './api-functions.ts';
import type { Approvals } from './approvals.ts';
import type { AuditCheckpoints } from './audit-checkpoints.ts';
import type { ChangeConsumers } from './change-consumers.ts';
import type { ClerkGateway } from './clerk-gateway.ts';
import { consumerAlarms } from './consumer-alarms.ts';
import type { FailureRedrive } from './failure-redrive.ts';
import type { InvitationSchedules } from './invitation-schedules.ts';
import type { IsolationCanary } from './isolation-canary.ts';
import type { RouteTableApi } from './route-table-api.ts';
import type { Schedules } from './schedules.ts';
import type { ServiceFunction } from './service-function.ts';
import type { UsageSchedules } from './usage-schedules.ts';

interface AlarmsProps {
  readonly email: string;
  readonly http: RouteTableApi;
  readonly api: ApiFunctions;
  readonly changes: ChangeConsumers;
  readonly redrive: FailureRedrive;
  readonly canary: IsolationCanary;
  readonly schedules: UsageSchedules;
  readonly maintenance: InvitationSchedules;
  readonly checkpoints: AuditCheckpoints;
  readonly clerk: ClerkGateway;
  readonly approvals: Approvals;
}

/** Alarms by mail about what a person has to look at: failed requests, and changes that are late or lost. */
export class Alarms extends Construct {
  readonly #mail: AlarmMail;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { http, api, changes, redrive, canary, schedules, maintenance, checkpoints, clerk } = props;
    this.#mail = new AlarmMail(this, props.email);
    this.#mail.raise({
      id: 'ApiFailing',
      description: 'The API answered 5xx.',
      metric: http.api.metricServerError(fiveMinutes),
      threshold: 5,
    });
    const crashed = 'The function crashed or ran out of time or memory: its log says which.';
    this.#errors('AdminCrashed', crashed, api.admin);
    this.#errors('OrganizationCrashed', crashed, api.organization);
    this.#errors('SupportCrashed', crashed, api.support);
    this.#errors('WebhooksCrashed', crashed, api.webhooks);
    this.#errors('ClerkGatewayCrashed', crashed, clerk.gateway);
    this.#errors('UsageFailed', 'Usage snapshots are missing.', schedules.usage);
    this.#dropped('UsageDropped', schedules);
    const waiting = 'Invitations are not sent, or hold seats after their time.';
    this.#errors('InvitationsFailed', waiting, maintenance.invitations);
    this.#dropped('InvitationsDropped', maintenance);
    this.#mail.watchLines({
      id: 'MemberTwice',
      description:
        'Somebody is a member of two organizations and reaches one of them only: the log says who.',
      of: maintenance.invitations,
      text: memberTwice,
      metric: 'MembersTwice',
    });
    this.#watchApprovals(props.approvals);
    this.#watchAttribution(changes.auditWriter);
    this.#watchConsumers(changes);
    this.#watchFailures(redrive);
    this.#watchCanary(canary.canary);
    this.#watchCheckpoints(checkpoints);
  }

  #errors(id: string, description: string, { lambda }: ServiceFunction): void {
    this.#mail.raise({ id, description, metric: lambda.metricErrors(fiveMinutes) });
  }

  #dropped(id: string, { group }: Schedules): void {
    this.#mail.raise({ id, description: 'A schedule gave up.', metric: group.metricDropped(fiveMinutes) });
  }

  /**
   * Every write says who made it and when. One that doesn't came from outside the product, or from a mistake
   * in it.
   */
  #watchAttribution(of: ServiceFunction): void {
    for (const [id, text, description] of [
      ['Unattributed', unattributedChange, 'A change names nobody as its author.'],
      ['Misdated', misdatedChange, 'A change gives another time than the table has.'],
    ] as const)
      this.#mail.watchLines({ id, description, of, text, metric: `${id}Changes` });
  }

  #watchApprovals(consent: Approvals): void {
    const late = 'An approved request is not carried out: the log says which.';
    this.#errors('ApprovalsFailed', late, consent.approvals);
    this.#dropped('ApprovalsDropped', consent);
    this.#mail.watchLines({
      id: 'WaitingAlone',
      description:
        'The only super admin asked for something that takes two. It can go ahead in 24 hours unless it is withdrawn under Approvals. If you don’t know of it, their account may be in other hands.',
      of: consent.approvals,
      text: waitingAlone,
      metric: 'WaitingAlone',
    });
  }

  #watchConsumers({ auditWriter, eventPublisher }: ChangeConsumers): void {
    for (const [id, what, of] of [
      ['AuditWriter', 'Audit entries', auditWriter],
      ['EventPublisher', 'Domain events', eventPublisher],
    ] as const) {
      for (const settings of consumerAlarms(id, what, of)) this.#mail.raise(settings);
      this.#mail.watchLines({
        id: `${id}SetAside`,
        description: `${what} are missing: a record can't be read, and is in the failure bucket.`,
        of,
        text: recordSetAside,
        metric: `${id}SetAside`,
      });
    }
  }

  /** A trail that can't be sealed was changed by somebody; one without a checkpoint proves nothing yet. */
  #watchCheckpoints(schedules: AuditCheckpoints): void {
    const { checkpoints: of } = schedules;
    this.#errors('CheckpointsFailed', 'Audit checkpoints wait: the key or the bucket refuses.', of);
    this.#dropped('CheckpointsDropped', schedules);
    this.#mail.watchLines({
      id: 'TrailBroken',
      description: 'An audit trail isn’t what was recorded: the log says whose, and which entries.',
      of,
      text: brokenTrail,
      metric: 'BrokenTrails',
    });
    this.#mail.missLines({
      id: 'CheckpointsLate',
      description: 'For two hours no shard’s audit trails all got their checkpoints.',
      of,
      text: trailsCheckpointed,
      metric: 'CheckpointedShards',
      period: Duration.hours(1),
      periods: 2,
    });
  }

  #watchFailures(redrive: FailureRedrive): void {
    this.#mail.watchLines({
      id: 'FailuresWaiting',
      description: 'The failure bucket is not empty: entries or events are missing until it is replayed.',
      of: redrive.redrive,
      text: failuresWaiting,
      metric: 'FailuresWaiting',
      // It is counted once an hour.
      period: Duration.hours(1),
    });
    this.#errors('RedriveFailed', 'The failure bucket is neither counted nor replayed.', redrive.redrive);
    this.#dropped('RedriveDropped', redrive);
  }

  #watchCanary(of: ServiceFunction): void {
    this.#mail.watchLines({
      id: 'IsolationCrossed',
      description: 'The credentials of one organization reached the data of another.',
      of,
      text: isolationCrossed,
      metric: 'IsolationCrossings',
    });
    this.#mail.watchLines({
      id: 'CanaryUnclear',
      description:
        'The isolation canary could not tell: a control failed, or a request ended in another error.',
      of,
      text: canaryUnclear,
      metric: 'CanaryUnclear',
    });
    const hourly = { period: Duration.hours(1), statistic: Stats.SUM };
    this.#mail.raise({
      id: 'CanarySilent',
      description: 'The isolation canary has not finished a run for an hour: nobody tries the isolation.',
      metric: new MathExpression({
        expression: 'FILL(started, 0) - FILL(failed, 0)',
        usingMetrics: {
          started: of.lambda.metricInvocations(hourly),
          failed: of.lambda.metricErrors(hourly),
        },
        period: hourly.period,
      }),
      below: true,
    });
  }
}
