import { Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
  AccountPrincipal,
  AnyPrincipal,
  CfnOIDCProvider,
  CompositePrincipal,
  Effect,
  FederatedPrincipal,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PROBES } from '../../domain/ids.ts';
import { directoryIndex, memberIndex, partitionPatterns } from '../../domain/table/layout.ts';
import { acknowledgeObjects } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import { anyLeadingKey, onlyLeadingKeys } from './leading-keys.ts';
import type { ServiceFunction } from './service-function.ts';

type Conditions = NonNullable<PolicyStatementProps['conditions']>;

/** The session tag with the organization that a session of the tenant role may access. */
const organizationTag = 'organizationId';

interface TenantRoleProps {
  readonly table: ITable;
  readonly stage: StageSettings;
  /** May open customers' organizations, but not the platform, whose users are the super admins. */
  readonly functions: readonly ServiceFunction[];
  /** May open an organization with a session token of one of its users, but none with its own role. */
  readonly byToken: ServiceFunction;
  /** May open the platform too, for changed or deleted accounts: only Clerk's signed webhooks reach it. */
  readonly platformsToo: ServiceFunction;
  /** The only one that may open the probe organizations. */
  readonly canary: ServiceFunction;
  /** Where exports are stored, under the organizations' ids. */
  readonly exports: IBucket;
  /** The functions that return the URL of an export. */
  readonly downloads: readonly ServiceFunction[];
}

/**
 * The role whose sessions are limited to one organization by a session tag: the isolation boundary that
 * doesn't depend on our code. A function assumes it for one organization at a time, with its own role or
 * with a member's token.
 */
export class TenantRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: TenantRoleProps) {
    super(scope, id);
    const { table, functions, platformsToo, byToken, canary } = props;
    this.role = new Role(this, 'Role', {
      description: 'Sees one organization, named by the session tag organizationId',
      maxSessionDuration: Duration.hours(1),
      assumedBy: new CompositePrincipal(
        ...[
          mayOpen(functions, ['org_*']),
          mayOpen([platformsToo], ['org_*', 'platform']),
          mayOpen([canary], PROBES),
        ].map((conditions) =>
          new SessionTagsPrincipal(new AccountPrincipal(Stack.of(this).account)).withConditions(conditions),
        ),
      ),
    });
    this.#refuseTags(canary);
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
    this.#letDownload(props);
    this.#limit(table);
    this.#trustTokens(props);
    for (const assumer of [...functions, platformsToo, canary]) {
      assumer.allow({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [this.role.roleArn] });
    }
    for (const opener of [...functions, platformsToo, canary, byToken])
      opener.lambda.addEnvironment('TENANT_ROLE_ARN', this.role.roleArn);
  }

  /**
   * Lets a Clerk session token start a session for the organization in its signed claim. STS requires no
   * credentials for that, and every user has a token: so the session must have a name that only the
   * function knows, or users could bypass the API within their own organization. IAM knows a session's name
   * only when it starts, not when it is tagged: hence two statements. See
   * docs/decisions/0065-the-callers-token-opens-the-organization.md
   */
  #trustTokens({ stage, byToken }: TenantRoleProps): void {
    const { attrArn } = new CfnOIDCProvider(this, 'Clerk', {
      url: stage.clerkIssuer,
      // Clerk's `azp`, which AWS treats as the audience: the origin where users sign in.
      clientIdList: [stage.origin],
    });
    const sessionName = byToken.role.roleId;
    const issuer = stage.clerkIssuer.replace(/^https?:\/\//, '');
    const named = { StringEquals: { [`${issuer}:aud`]: stage.origin, 'sts:RoleSessionName': sessionName } };
    for (const [action, conditions] of [
      ['sts:AssumeRoleWithWebIdentity', { ...oneOf(['org_*']), ...named }],
      ['sts:TagSession', oneOf(['org_*'])],
    ] as const)
      this.role.assumeRolePolicy?.addStatements(
        new PolicyStatement({
          actions: [action],
          principals: [new FederatedPrincipal(attrArn, {}, action)],
          conditions,
        }),
      );
    byToken.lambda.addEnvironment('TENANT_SESSION_NAME', sessionName);
  }

  /**
   * For all callers: a session has exactly one tag, the organization; and only the canary may use the
   * probes. STS requires `TagSession` whenever a session gets a tag.
   */
  #refuseTags(canary: ServiceFunction): void {
    for (const conditions of [
      { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': organizationTag } },
      {
        StringEquals: { [`aws:RequestTag/${organizationTag}`]: PROBES },
        StringNotLike: { 'aws:userid': sessionsOf(canary) },
      },
    ])
      this.role.assumeRolePolicy?.addStatements(
        new PolicyStatement({
          effect: Effect.DENY,
          actions: ['sts:TagSession'],
          principals: [new AnyPrincipal()],
          conditions,
        }),
      );
  }

  /** Download URLs are signed with a session's own rights, which end at its organization. */
  #letDownload({ exports, downloads }: TenantRoleProps): void {
    const own = `\${aws:PrincipalTag/${organizationTag}}/*`;
    this.role.addToPolicy(
      new PolicyStatement({
        sid: 'OwnExports',
        actions: ['s3:GetObject'],
        resources: [exports.arnForObjects(own)],
      }),
    );
    // As cdk-nag formats it.
    const named = `<aws:PrincipalTag/${organizationTag}>/*`;
    acknowledgeObjects(this.role, exports, named, 'The exports of the session’s own organization.');
    for (const { lambda } of downloads) lambda.addEnvironment('EXPORT_BUCKET_NAME', exports.bucketName);
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
    // Approvals, and the deletions they allow, are written by functions of their own.
    const { approvals, departures, removals } = partitionPatterns;
    const elsewhere = anyLeadingKey([approvals, departures, ...removals]);
    deny('ApprovalsAreElsewhere', ['Put', 'Update', 'Delete'], elsewhere);
    // A session for the platform may update its users' names and addresses, but not add users or change
    // roles.
    const superAdmins = anyLeadingKey(partitionPatterns.superAdmins);
    deny('SuperAdminsArePutInByHand', ['Put'], superAdmins);
    deny('SuperAdminsKeepTheirRole', ['Update'], {
      ...superAdmins,
      'ForAnyValue:StringEquals': { 'dynamodb:Attributes': ['role'] },
    });
  }
}

/** IAM conditions by which functions may start a session for an organization that matches a pattern. */
const mayOpen = (functions: readonly ServiceFunction[], organizations: readonly string[]): Conditions => ({
  StringLike: { 'aws:userid': functions.map(sessionsOf), ...oneOf(organizations).StringLike },
});

/**
 * A function, by its role's unique id, which IAM also derives from an ARN, at a quarter of the length: a
 * trust policy is limited to 2,048 characters.
 */
const sessionsOf = ({ role }: ServiceFunction): string => `${role.roleId}:*`;

/**
 * IAM condition: a session is tagged with an organization that matches a pattern. A missing tag matches
 * none.
 */
const oneOf = (organizations: readonly string[]) => ({
  StringLike: { [`aws:RequestTag/${organizationTag}`]: organizations },
});
