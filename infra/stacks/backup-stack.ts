import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  BackupPlan,
  BackupPlanRule,
  BackupResource,
  BackupSelection,
  BackupVault,
  type BackupVaultProps,
} from 'aws-cdk-lib/aws-backup';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import {
  AccountPrincipal,
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { AlarmMail } from '../constructs/alarm-mail.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';

/** How long backups are kept, and where. Deleted data is gone everywhere after the longest period. */
const kept = { here: Duration.days(35), copy: Duration.days(90) };

/** The destination of copies: the stack with their vault, and the vault as the stage refers to it. */
const copiesOf = ({ name, account, backupCopy }: StageSettings) =>
  backupCopy && {
    name: `mtcms-${name}-copies`,
    from: account ?? '',
    env: { account: backupCopy.account ?? account ?? '', region: backupCopy.region },
    isElsewhere: backupCopy.account !== undefined && backupCopy.account !== account,
  };

/**
 * A vault with a separate key. Its lock (governance mode) keeps each backup for its retention period:
 * deleting one earlier requires removing the lock first, which CloudTrail records.
 */
class LockedVault extends BackupVault {
  readonly key: Key;

  constructor(scope: Construct, id: string, props: BackupVaultProps & { readonly keptFor: Duration }) {
    const { keptFor, ...rest } = props;
    const key = new Key(scope, `${id}Key`, {
      description: `Encrypts the backups of ${Stack.of(scope).stackName}`,
      enableKeyRotation: true,
    });
    super(scope, id, {
      encryptionKey: key,
      lockConfiguration: { minRetention: keptFor },
      ...rest,
    });
    this.key = key;
  }
}

/**
 * Lets AWS Backup in another account copy what this key encrypts. Decrypting alone isn't enough: its
 * service-linked role also describes the key, re-encrypts, and creates a grant. Source: AWS re:Post Knowledge
 * Center, "Given key ID is not accessible", for resources that AWS Backup fully manages.
 */
function letCopy(key: Key, account: AccountPrincipal): void {
  const use = ['DescribeKey', 'Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo'];
  const dataKeys = ['', 'WithoutPlaintext', 'Pair', 'PairWithoutPlaintext'].map(
    (kind) => `GenerateDataKey${kind}`,
  );
  const grants = ['CreateGrant', 'ListGrants', 'RevokeGrant'];
  for (const [actions, conditions] of [
    [[...use, ...dataKeys], {}],
    [grants, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }],
  ] as const)
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [account],
        actions: actions.map((action) => `kms:${action}`),
        resources: ['*'],
        conditions,
      }),
    );
}

interface BackupStackProps {
  readonly stage: StageSettings;
  readonly table: ITable;
}

/**
 * Backups of the table twice a week, each a full copy, for what point-in-time recovery can't restore: a
 * lost table, region or account. A separate stack, so that a restored table is backed up from its next
 * deployment on.
 */
export class BackupStack extends Stack {
  constructor(scope: Construct, id: string, { stage, table }: BackupStackProps) {
    super(scope, id, { ...stackPropsOf(stage), description: `MTCMS ${stage.name}: backups` });
    const vault = new LockedVault(this, 'Vault', { keptFor: kept.here });
    const copies = copiesOf(stage);
    if (copies?.isElsewhere) letCopy(vault.key, new AccountPrincipal(copies.env.account));
    const plan = new BackupPlan(this, 'Plan', { backupVault: vault });
    plan.addRule(
      new BackupPlanRule({
        ruleName: 'twice-a-week',
        scheduleExpression: Schedule.cron({ weekDay: 'WED,SUN', hour: '2', minute: '30' }),
        startWindow: Duration.hours(1),
        completionWindow: Duration.hours(8),
        deleteAfter: kept.here,
        ...(copies && {
          copyActions: [
            {
              destinationBackupVault: BackupVault.fromBackupVaultArn(
                this,
                'Copies',
                `arn:${this.partition}:backup:${copies.env.region}:${copies.env.account}:backup-vault:${copies.name}`,
              ),
              deleteAfter: kept.copy,
            },
          ],
        }),
      }),
    );
    const role = this.#role();
    new BackupSelection(this, 'Selection', {
      backupPlan: plan,
      role: role.withoutPolicyUpdates(),
      resources: [BackupResource.fromArn(table.tableArn)],
    });
    if (stage.alarmEmail) this.#watch(new AlarmMail(this, stage, stage.alarmEmail), vault);
    new CfnOutput(this, 'VaultName', { value: vault.backupVaultName });
    new CfnOutput(this, 'BackupRoleArn', { value: role.roleArn });
  }

  /** Backs up, and restores if a restore job uses this role. */
  #role(): Role {
    const role = new Role(this, 'Role', {
      description: 'Backs up the table, and restores it',
      assumedBy: new ServicePrincipal('backup.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    for (const task of ['Backup', 'Restores']) {
      const name = `service-role/AWSBackupServiceRolePolicyFor${task}`;
      role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName(name));
      acknowledge(
        role,
        `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
        'AWS keeps the policy up to date with its backup service; a policy of ours could make backups fail unnoticed.',
      );
    }
    return role;
  }

  #watch(mail: AlarmMail, vault: BackupVault): void {
    const metric = (metricName: string, period: Duration) =>
      new Metric({
        namespace: 'AWS/Backup',
        metricName,
        dimensionsMap: { BackupVaultName: vault.backupVaultName },
        statistic: Stats.SUM,
        period,
      });
    for (const [id, name, says] of [
      ['BackupFailed', 'NumberOfBackupJobsFailed', 'A backup of the table failed.'],
      ['BackupCopyFailed', 'NumberOfCopyJobsFailed', 'A backup was not copied into the second vault.'],
    ] as const)
      mail.raise({ id, says, metric: metric(name, Duration.hours(1)) });
    mail.raise({
      id: 'BackupMissing',
      says: 'No backup of the table was completed for five days.',
      metric: metric('NumberOfBackupJobsCompleted', Duration.days(1)),
      periods: 5,
      below: true,
    });
  }
}

/** The second vault, in another region or account: only the stage's account may copy into it. */
export class BackupCopyStack extends Stack {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    const copies = copiesOf(stage);
    if (copies === undefined) throw new Error('the stage has no copies of its backups');
    super(scope, id, {
      env: copies.env,
      terminationProtection: !stage.disposable,
      description: `MTCMS ${stage.name}: copies of backups`,
    });
    new LockedVault(this, 'Vault', {
      keptFor: kept.copy,
      backupVaultName: copies.name,
      accessPolicy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['backup:CopyIntoBackupVault'],
            principals: [new AccountPrincipal(copies.from)],
            resources: ['*'],
          }),
        ],
      }),
    });
  }
}
