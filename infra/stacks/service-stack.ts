import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct, type IConstruct } from 'constructs';
import type { Watched } from '../constructs/alarm-list.ts';
import { AlarmMail } from '../constructs/alarm-mail.ts';
import { ApiFunctions } from '../constructs/api-functions.ts';
import { Approvals } from '../constructs/approvals.ts';
import { AuditCheckpoints } from '../constructs/audit-checkpoints.ts';
import { ChangeConsumers, FailureRedrive } from '../constructs/change-consumers.ts';
import { ClerkGateway } from '../constructs/clerk-gateway.ts';
import { Departures } from '../constructs/departures.ts';
import { GradualDeploy } from '../constructs/gradual-deploy.ts';
import { KeyBroker, WebhookSender } from '../constructs/machine-functions.ts';
import { Metering } from '../constructs/metering.ts';
import { Reminders } from '../constructs/reminders.ts';
import { RouteTableApi } from '../constructs/route-table-api.ts';
import {
  DriftSchedule,
  InvitationSchedules,
  IsolationCanary,
  UsageSchedules,
} from '../constructs/scheduled-functions.ts';
import { Schedules } from '../constructs/schedules.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { TenantRole } from '../constructs/tenant-role.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';
import type { DataStack } from './data-stack.ts';

/** Everything that runs: the API, stream consumers, schedules, and the tenant role. */
export class ServiceStack extends Stack {
  readonly apiDomainName: string;
  /** Raises alarms of other stacks too; undefined without an `alarmEmail`. */
  readonly alarmMail: AlarmMail | undefined;
  readonly watched: Watched;
  readonly rollout: GradualDeploy;

  constructor(
    scope: Construct,
    id: string,
    { stage, data }: { readonly stage: StageSettings; readonly data: DataStack },
  ) {
    super(scope, id, {
      ...stackPropsOf(stage),
      description: `MTCMS ${stage.name}: API, stream consumers, schedules`,
    });
    const { table, failures, bus, cursorSecret, mailSecret, originSecret, auditKey, anchors, exports } = data;
    const api = new ApiFunctions(this, 'Api', { stage, table, cursorSecret, mailSecret });
    const http = new RouteTableApi(this, 'Http', { stage, functions: api, originSecret });
    const schedules = new UsageSchedules(this, 'Schedules', { stage, table });
    schedules.letStart(api.admin);
    // The id stays, because another would replace the function's log group.
    const maintenance = new InvitationSchedules(this, 'Upkeep', { stage, table });
    const checkpoints = new AuditCheckpoints(this, 'Audit', { stage, table, key: auditKey, anchors });
    for (const starter of [api.organization, api.support, api.machines]) checkpoints.letStart(starter);
    const leaving = new Departures(this, 'Leaving', { stage, table, exports, checkpoints });
    for (const starter of [api.organization, api.support]) leaving.letStart(starter);
    const changes = new ChangeConsumers(this, 'Changes', { stage, table, failures, bus });
    const redrive = new FailureRedrive(this, 'Failures', { stage, failures, changes });
    const approvals = new Approvals(this, 'Consent', { stage, table, callers: [api.admin, api.support] });
    const drift = new DriftSchedule(this, 'Drift', { stage, table });
    drift.letStart(api.admin);
    new ClerkGateway(this, 'Clerk', {
      stage,
      table,
      callers: [
        ...[api.admin, api.organization, api.support, maintenance.invitations, approvals.approvals],
        ...[leaving.removals, drift.drift],
      ],
      webhooks: api.webhooks,
    });
    const keys = new KeyBroker(this, 'Keys', { stage, table, caller: api.machines });
    const webhooks = new WebhookSender(this, 'Outgoing', {
      stage,
      table,
      waker: changes.auditWriter,
      callers: [api.organization, api.support],
    });
    const mailing = mailSecret
      ? [new Reminders(this, 'Mail', { stage, table, bus, secret: mailSecret })]
      : [];
    const canary = new IsolationCanary(this, 'Canary', { stage, table });
    new TenantRole(this, 'Tenant', {
      stage,
      table,
      byToken: api.organization,
      functions: [
        api.support,
        schedules.usage,
        maintenance.invitations,
        keys.broker,
        webhooks.sender,
        ...mailing.map(({ reminders }) => reminders),
      ],
      platformsToo: api.webhooks,
      canary: canary.canary,
      exports,
      downloads: [api.organization, api.support],
    });
    meter(this, stage, bus);
    this.watched = { stage: stage.name, http, table, mailing, ...madeIn(this) };
    const { alarmEmail: email } = stage;
    // Stays in this stack: a new topic would have to be confirmed by email again.
    if (email) this.alarmMail = new AlarmMail(new Construct(this, 'Alarms'), stage, email);
    this.rollout = new GradualDeploy(this, 'Rollout', { ...this.watched, stage, mail: this.alarmMail });
    new CfnOutput(this, 'UsageFunctionName', { value: schedules.usage.lambda.functionName });
    new CfnOutput(this, 'RedriveFunctionName', { value: redrive.redrive.lambda.functionName });
    this.apiDomainName = http.domainName;
  }
}

/** Sends usage for billing, if the stage has a receiver. */
function meter(
  scope: Construct,
  { meteringUrl: url, meteringSecretName: secretName }: StageSettings,
  bus: EventBus,
) {
  if (url !== undefined && secretName !== undefined)
    new Metering(scope, 'Metering', { bus, url, secretName });
}

const madeIn = (scope: Construct) => ({
  functions: all(scope, ServiceFunction),
  schedules: all(scope, Schedules),
  metering: all(scope, Metering),
});

const all = <Kind>(scope: Construct, kind: abstract new (...given: never[]) => Kind): Kind[] =>
  scope.node.findAll().filter((one): one is IConstruct & Kind => one instanceof kind);
