import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
  ArnPrincipal,
  CompositePrincipal,
  Effect,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { directoryIndex, memberIndex, partitionPatterns } from '../../domain/table/layout.ts';
import { anyLeadingKey, onlyLeadingKeys } from './leading-keys.ts';
import type { ServiceFunction } from './service-function.ts';

type Conditions = NonNullable<PolicyStatementProps['conditions']>;

/** Name of the session tag that says which organization a session of the tenant role may see. */
const organizationTag = 'organizationId';

interface TenantRoleProps {
  readonly table: ITable;
  /** Open customers' organizations, never the platform, whose users are the super admins. */
  readonly functions: readonly ServiceFunction[];
  /**
   * Opens the platform too, for accounts that are changed or deleted: nobody's request reaches it, Clerk's
   * signed webhooks do.
   */
  readonly platformsToo: ServiceFunction;
}

/**
 * The role whose sessions see one organization: the one in their session tag. It is the isolation boundary
 * that does not depend on our code being right. A function gets it by assuming it, for one organization at a
 * time.
 */
export class TenantRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { table, functions, platformsToo }: TenantRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Sees one organization, named by the session tag organizationId',
      maxSessionDuration: Duration.hours(1),
      assumedBy: new CompositePrincipal(
        mayOpen(functions, ['org_*']),
        mayOpen([platformsToo], ['org_*', 'platform']),
      ),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        sid: 'OwnOrganization',
        actions: [
          'dynamodb:GetItem',
          'dynamodb:BatchGetItem',
          'dynamodb:Query',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:ConditionCheckItem',
        ],
        resources: [table.tableArn],
        conditions: onlyLeadingKeys([`\${aws:PrincipalTag/${organizationTag}}#*`]),
      }),
    );
    this.role.addToPolicy(
      new PolicyStatement({
        sid: 'OwnMembersAndTeams',
        actions: ['dynamodb:Query'],
        resources: [`${table.tableArn}/index/${memberIndex.name}`],
        conditions: onlyLeadingKeys([`\${aws:PrincipalTag/${organizationTag}}#*`]),
      }),
    );
    this.#limit(table);
    for (const assumer of [...functions, platformsToo]) {
      assumer.allow({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [this.role.roleArn] });
      assumer.lambda.addEnvironment('TENANT_ROLE_ARN', this.role.roleArn);
    }
  }

  /** What the role may not do in its own organization either. */
  #limit(table: ITable): void {
    const deny = (sid: string, writes: readonly ('Put' | 'Update' | 'Delete')[], conditions: Conditions) =>
      this.role.addToPolicy(
        new PolicyStatement({
          sid,
          effect: Effect.DENY,
          actions: writes.map((write) => `dynamodb:${write}Item`),
          resources: [table.tableArn],
          conditions,
        }),
      );
    deny(
      'AuditIsReadOnly',
      ['Put', 'Update', 'Delete'],
      anyLeadingKey([partitionPatterns.audit, '*#audit-chain*']),
    );
    // An access event is put once, and where its key says what it is. The platform's come from elsewhere.
    deny('AccessEventsStay', ['Update', 'Delete'], anyLeadingKey([partitionPatterns.accessEvents]));
    deny('AccessEventsOfPeople', ['Put'], anyLeadingKey(partitionPatterns.platformAccessEvents));
    // The directory's index is read by the platform only, across organizations: what is in it isn't for one
    // of them to say.
    deny('DirectoryIsThePlatforms', ['Put', 'Update'], {
      'ForAnyValue:StringEquals': { 'dynamodb:Attributes': [directoryIndex.partitionKey] },
    });
    // A session for the platform lets its people's names and addresses follow their accounts. It can't put a
    // person there, nor name a role.
    const superAdmins = anyLeadingKey(partitionPatterns.superAdmins);
    deny('SuperAdminsArePutInByHand', ['Put'], superAdmins);
    deny('SuperAdminsKeepTheirRole', ['Update'], {
      ...superAdmins,
      'ForAnyValue:StringEquals': { 'dynamodb:Attributes': ['role'] },
    });
  }
}

/**
 * These functions may begin a session for one organization that matches a pattern, named by a tag, with no
 * tag but that.
 */
const mayOpen = (functions: readonly ServiceFunction[], organizations: readonly string[]) =>
  new SessionTagsPrincipal(
    new CompositePrincipal(...functions.map(({ role }) => new ArnPrincipal(role.roleArn))).withConditions({
      StringLike: { [`aws:RequestTag/${organizationTag}`]: organizations },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [organizationTag] },
      Null: { [`aws:RequestTag/${organizationTag}`]: 'false', 'aws:TagKeys': 'false' },
    }),
  );
