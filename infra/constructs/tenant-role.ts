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
import { PROBES } from '../../domain/ids.ts';
import { directoryIndex, memberIndex, partitionPatterns } from '../../domain/table/layout.ts';
import { anyLeadingKey, onlyLeadingKeys } from './leading-keys.ts';
import type { ServiceFunction } from './service-function.ts';

type Conditions = NonNullable<PolicyStatementProps['conditions']>;

/** Name of the session tag that says which organization a session of the tenant role may see. */
const organizationTag = 'organizationId';

const exceptProbes: Conditions = { StringNotEquals: { [`aws:RequestTag/${organizationTag}`]: PROBES } };

interface TenantRoleProps {
  readonly table: ITable;
  /** May open customers' organizations, but not the platform, whose users are the super admins. */
  readonly functions: readonly ServiceFunction[];
  /** May open the platform too, for changed or deleted accounts: only Clerk's signed webhooks reach it. */
  readonly platformsToo: ServiceFunction;
  /** May open the probe organizations, and nobody else may. */
  readonly canary: ServiceFunction;
}

/**
 * The role whose sessions see one organization, named by a session tag: the isolation boundary that doesn't
 * depend on our code. A function assumes it for one organization at a time.
 */
export class TenantRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { table, functions, platformsToo, canary }: TenantRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Sees one organization, named by the session tag organizationId',
      maxSessionDuration: Duration.hours(1),
      assumedBy: new CompositePrincipal(
        mayOpen(functions, ['org_*'], exceptProbes),
        mayOpen([platformsToo], ['org_*', 'platform'], exceptProbes),
        mayOpen([canary], PROBES),
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
    for (const assumer of [...functions, platformsToo, canary]) {
      assumer.allow({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [this.role.roleArn] });
      assumer.lambda.addEnvironment('TENANT_ROLE_ARN', this.role.roleArn);
    }
  }

  /** What the role may not do even in its own organization. */
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
      anyLeadingKey([partitionPatterns.audit, partitionPatterns.auditTree]),
    );
    // Access events can only be created. Those of the platform are written by other functions.
    deny('AccessEventsStay', ['Update', 'Delete'], anyLeadingKey([partitionPatterns.accessEvents]));
    deny('AccessEventsOfPeople', ['Put'], anyLeadingKey(partitionPatterns.platformAccessEvents));
    // The platform reads the directory's index across organizations, so none of them may write to it.
    deny('DirectoryIsThePlatforms', ['Put', 'Update'], {
      'ForAnyValue:StringEquals': { 'dynamodb:Attributes': [directoryIndex.partitionKey] },
    });
    // A session for the platform may update its people's names and addresses, but neither add a person nor
    // change a role.
    const superAdmins = anyLeadingKey(partitionPatterns.superAdmins);
    deny('SuperAdminsArePutInByHand', ['Put'], superAdmins);
    deny('SuperAdminsKeepTheirRole', ['Update'], {
      ...superAdmins,
      'ForAnyValue:StringEquals': { 'dynamodb:Attributes': ['role'] },
    });
  }
}

/**
 * Lets functions open a session for one organization that matches a pattern: with one tag, its id, and no
 * other.
 */
const mayOpen = (
  functions: readonly ServiceFunction[],
  organizations: readonly string[],
  except: Conditions = {},
) =>
  new SessionTagsPrincipal(
    new CompositePrincipal(...functions.map(({ role }) => new ArnPrincipal(role.roleArn))).withConditions({
      ...except,
      StringLike: { [`aws:RequestTag/${organizationTag}`]: organizations },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [organizationTag] },
      Null: { [`aws:RequestTag/${organizationTag}`]: 'false', 'aws:TagKeys': 'false' },
    }),
  );
