import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { directoryIndexes, partitionPatterns } from '../../domain/table/layout.ts';
import type { HttpFunction } from '../../functions/http/route.ts';
import type { StageSettings } from '../stage.ts';
import { anyLeadingKey, onlyLeadingKeys } from './leading-keys.ts';
import { ServiceFunction } from './service-function.ts';

interface ApiFunctionsProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** Signs paging cursors. */
  readonly cursorSecret: ISecret;
  /** Signs the links in emails; undefined if none are sent. */
  readonly mailSecret: ISecret | undefined;
}

/**
 * The functions of the HTTP API, one per audience, so that each role only has what that audience needs.
 * `support` and `machines` have no route: the organization function forwards super admins' requests and
 * requests with an API key to them.
 */
export class ApiFunctions extends Construct implements Record<HttpFunction, ServiceFunction> {
  readonly admin: ServiceFunction;
  readonly organization: ServiceFunction;
  readonly webhooks: ServiceFunction;
  readonly support: ServiceFunction;
  readonly machines: ServiceFunction;

  constructor(scope: Construct, id: string, props: ApiFunctionsProps) {
    super(scope, id);
    const { stage, table, cursorSecret, mailSecret } = props;
    const common = { stage, memorySize: 1024, timeout: Duration.seconds(10) };
    const tableName = { TABLE_NAME: table.tableName };
    const forPeople = {
      CLERK_ISSUER: stage.clerkIssuer,
      AUTHORIZED_PARTIES: stage.origin,
      CURSOR_SECRET_ID: cursorSecret.secretArn,
      SUPPORT_ACCESS: stage.supportAccess,
    };
    const outgoing = {
      WEBHOOKS_TO_LOCALHOST: String(stage.webhooksToLocalhost),
      SENDS_MAIL: String(mailSecret !== undefined),
    };

    this.admin = new ServiceFunction(this, 'Admin', {
      ...common,
      entry: 'http/admin',
      description: 'API of the super admin',
      environment: { ...tableName, ...forPeople },
    });
    this.organization = new ServiceFunction(this, 'Organization', {
      ...common,
      entry: 'http/organization',
      description: 'API of the organizations; sees one organization at a time, by the tenant role',
      environment: { ...tableName, ...forPeople, ...outgoing },
    });
    this.support = new ServiceFunction(this, 'Support', {
      ...common,
      entry: 'http/support',
      description: 'API of the organizations for super admins; sees one organization at a time',
      // Less than its caller's, so that the caller can report the result.
      timeout: Duration.seconds(9),
      environment: { ...tableName, ...forPeople, ...outgoing },
    });
    this.organization.letInvoke(this.support.live, 'SUPPORT_FUNCTION_NAME');
    this.machines = new ServiceFunction(this, 'Machines', {
      ...common,
      entry: 'http/machines',
      description: 'API of the organizations for API keys; opens no organization by itself',
      // Less than its caller's, so that the caller can report the result.
      timeout: Duration.seconds(9),
      environment: { ...tableName, CURSOR_SECRET_ID: cursorSecret.secretArn },
    });
    this.organization.letInvoke(this.machines.live, 'MACHINES_FUNCTION_NAME');
    this.webhooks = new ServiceFunction(this, 'Webhooks', {
      ...common,
      entry: 'http/webhooks',
      description: 'Health, webhooks of Clerk, and unsubscribe links',
      environment: {
        ...tableName,
        CLERK_WEBHOOK_SECRET_ID: stage.clerkWebhookSecretName,
        ...(mailSecret && { MAIL_SECRET_ID: mailSecret.secretArn }),
      },
    });

    this.allowControlPlane(table);
    this.allowPlatformVisits(table);
    this.allowClaims(table);
    this.webhooks.allow({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys(partitionPatterns.identity),
    });
    // Anyone may read the key that signs audit checkpoints.
    this.webhooks.allow({
      actions: ['dynamodb:GetItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([partitionPatterns.auditRounds]),
    });

    for (const reader of [this.admin, this.organization, this.support, this.machines])
      reader.letRead(cursorSecret);
    if (mailSecret) this.webhooks.letRead(mailSecret);
    this.webhooks.letRead(Secret.fromSecretNameV2(this, 'WebhookSecret', stage.clerkWebhookSecretName));
  }

  /**
   * Super admins who visit organizations are looked up, recorded and rate limited in the platform's own
   * partitions, and users whom they remove may join another organization. This function can't make anyone a
   * member there.
   */
  private allowPlatformVisits(table: ITable): void {
    const { members, accessEvents, rate } = partitionPatterns.platformVisits;
    for (const [action, keys] of [
      ['dynamodb:GetItem', [members, partitionPatterns.memberClaims]],
      ['dynamodb:PutItem', [...accessEvents, partitionPatterns.memberClaims]],
      ['dynamodb:UpdateItem', [rate]],
    ] as const)
      this.support.allow({
        actions: [action],
        resources: [table.tableArn],
        conditions: onlyLeadingKeys(keys),
      });
  }

  /** The only platform access of the organization function: users who accept an invitation are claimed. */
  private allowClaims(table: ITable): void {
    const { memberClaims, membersElsewhere } = partitionPatterns;
    for (const [action, keys] of [
      ['dynamodb:GetItem', [memberClaims]],
      ['dynamodb:PutItem', [memberClaims, membersElsewhere]],
    ] as const)
      this.organization.allow({
        actions: [action],
        resources: [table.tableArn],
        conditions: onlyLeadingKeys(keys),
      });
  }

  /**
   * The control plane reads the platform, the directory, and the first items of an organization. It writes
   * what its routes change: no user, no approval, no entry, and no event of another function's callers.
   */
  private allowControlPlane(table: ITable): void {
    const { controlPlane, controlPlaneWrites, organizationClaims, accessEvents } = partitionPatterns;
    for (const [actions, keys] of [
      [['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'], controlPlane],
      [['PutItem', 'UpdateItem'], controlPlaneWrites],
      [['DeleteItem'], organizationClaims],
    ] as const)
      this.admin.allow({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [table.tableArn],
        conditions: onlyLeadingKeys(keys),
      });
    this.admin.allow({
      actions: ['dynamodb:Query'],
      resources: directoryIndexes.map(({ name }) => `${table.tableArn}/index/${name}`),
      conditions: onlyLeadingKeys([
        partitionPatterns.directory,
        partitionPatterns.organizationTerms,
        partitionPatterns.auditFeed,
      ]),
    });
    // An event is put once, and stays as it is.
    this.admin.deny({
      actions: ['dynamodb:UpdateItem'],
      resources: [table.tableArn],
      conditions: anyLeadingKey([accessEvents]),
    });
  }
}
