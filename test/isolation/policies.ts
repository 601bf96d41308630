import { nouns } from '../../domain/nouns.ts';
import type { ItemKind } from '../../domain/table/item.ts';
import { indexes, tableLayout } from '../../domain/table/layout.ts';
import { awsResourcesOf } from '../../infra/local/assembly/aws-resources.ts';
import { loadDeployment } from '../../infra/local/assembly/deployment.ts';
import { functionsOf } from '../../infra/local/assembly/functions.ts';
import { synthesize, synthesizedOrigin } from '../../infra/local/assembly/synthesize.ts';
import { decide } from '../../infra/local/aws/iam/simulator.ts';
import type { AwsResources, Role } from '../../infra/local/aws/resources.ts';

const own = 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const foreign = 'org_01BX5ZZKBKACTAV9WEVGEMMVRZ';

/** A partition's owner, relative to a session for one organization. */
export const partitionClasses = [
  'own',
  'own audit',
  'foreign',
  'foreign audit',
  'platform',
  'no key',
] as const;
type PartitionClass = (typeof partitionClasses)[number];

interface Partition {
  /** In the table, or in an index. */
  readonly index: string | null;
  readonly key: string;
  readonly of: PartitionClass;
}

const itemActions = [
  'GetItem',
  'BatchGetItem',
  'ConditionCheckItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
];
const partiql = ['PartiQLSelect', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'];
const ofIndexes = ['Query', 'Scan', 'PartiQLSelect'];
const wholeTable = [
  'Scan',
  ...partiql,
  'ExportTableToPointInTime',
  'CreateBackup',
  'RestoreTableFromBackup',
  'RestoreTableToPointInTime',
  'ImportTable',
  'CreateGlobalTable',
  'EnableKinesisStreamingDestination',
  'PutResourcePolicy',
  'UpdateTable',
  'UpdateTimeToLive',
  'UpdateContinuousBackups',
  'DeleteTable',
];
const ofStream = ['GetRecords', 'GetShardIterator', 'DescribeStream'];

/** A key template with a value for each variable. */
const filled = (template: string, kind: ItemKind, organization: string): string[] =>
  Object.entries(kind.oneOf ?? {})
    .reduce(
      (known, [name, values]) =>
        known.flatMap((one) =>
          one.includes(`{${name}}`) ? values.map((value) => one.replace(`{${name}}`, value)) : [one],
        ),
      [template],
    )
    .map((one) =>
      one
        .replace('{organizationId}', organization)
        .replaceAll(/\{(\w+)\}/g, (_, name: string) => (/month/i.test(name) ? '2026-11' : `a-${name}`)),
    );

function classOf(key: string): PartitionClass {
  const isAudit = /^[^#]+#audit/.test(key);
  if (key.startsWith(`${own}#`)) return isAudit ? 'own audit' : 'own';
  if (key.startsWith(`${foreign}#`)) return isAudit ? 'foreign audit' : 'foreign';
  return 'platform';
}

/** Every partition that the product's item kinds can have, for either organization and the platform. */
function allPartitions(): Partition[] {
  const kinds = nouns.flatMap(({ items }): readonly ItemKind[] => items);
  const found = kinds.flatMap((kind) => {
    const organizations = kind.isPlatforms ? ['platform'] : [own, foreign, 'platform'];
    const keys = [
      { index: null, template: kind.key[0] },
      ...Object.values(kind.places ?? {}).map(({ index, key: [template] }) => ({
        index: index.name,
        template,
      })),
    ];
    return keys.flatMap(({ index, template }) =>
      organizations.flatMap((organization) =>
        filled(template, kind, organization).map((key) => ({ index, key, of: classOf(key) })),
      ),
    );
  });
  // An index's other sort orders have the same partition key and items.
  const others = indexes.flatMap(({ name, partitionKey }) =>
    found
      .filter(
        ({ index }) =>
          index !== name && indexes.find((one) => one.name === index)?.partitionKey === partitionKey,
      )
      .map((row) => ({ ...row, index: name })),
  );
  return [...new Map([...found, ...others].map((one) => [`${one.index} ${one.key}`, one])).values()];
}

/** One request evaluated against a role's policies, and the decision. */
export interface Judgment {
  readonly role: string;
  readonly action: string;
  /** `table`, `stream`, or the name of an index. */
  readonly on: string;
  readonly of: PartitionClass;
  readonly key: string | null;
  readonly isAllowed: boolean;
}

interface Asked {
  readonly action: string;
  readonly on: string;
  readonly of: PartitionClass;
  readonly key: string | null;
}

/**
 * Every request. PartiQL needs permission for the table, whatever the partition, so one per class is
 * enough.
 */
function questions(): Asked[] {
  const partitions = allPartitions();
  const firsts = new Set(
    partitionClasses.flatMap((of) => partitions.find((one) => one.of === of && one.index === null) ?? []),
  );
  const actionsOn = (partition: Partition) => {
    if (partition.index !== null) return ['Query'];
    return firsts.has(partition) ? [...itemActions, ...partiql] : itemActions;
  };
  return [
    ...partitions.flatMap((partition) => {
      const { index, key, of } = partition;
      return actionsOn(partition).map((action) => ({
        action,
        on: index ?? 'table',
        of,
        key,
      }));
    }),
    ...[...itemActions, ...wholeTable].map((action) => ({
      action,
      on: 'table',
      of: 'no key' as const,
      key: null,
    })),
    ...indexes.flatMap(({ name }) =>
      ofIndexes.map((action) => ({ action, on: name, of: 'no key' as const, key: null })),
    ),
    ...ofStream.map((action) => ({ action, on: 'stream', of: 'no key' as const, key: null })),
  ];
}

/** A role by its function, or by its own name. */
const titled = (role: Role, functions: ReturnType<typeof functionsOf>): string =>
  functions.find(({ roleArn }) => roleArn === role.arn)?.title ?? role.arn.replace(/^.*role\//, '');

const isSession = ({ policies }: Role): boolean =>
  JSON.stringify(policies).includes('aws:PrincipalTag/organizationId');

async function judgmentsOf(role: Role, name: string, { account, tables }: AwsResources): Promise<Judgment[]> {
  const [table] = tables;
  if (table === undefined) throw new Error('the template has no table');
  // A role without DynamoDB permissions needs no evaluation.
  if (!/"(dynamodb:|\*")/.test(JSON.stringify(role.policies))) return [];
  const resources: Readonly<Record<string, string>> = { table: table.arn, stream: table.streamArn ?? '' };
  const judged: Judgment[] = [];
  for (const { action, on, of, key } of questions()) {
    const decision = await decide({
      principal: `${role.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/session`,
      account,
      action: `dynamodb:${action}`,
      resource: resources[on] ?? `${table.arn}/index/${on}`,
      context: {
        'aws:PrincipalArn': role.arn,
        'aws:PrincipalAccount': account,
        'aws:SecureTransport': 'true',
        ...(isSession(role) ? { 'aws:PrincipalTag/organizationId': own } : {}),
        'dynamodb:Attributes': [tableLayout.partitionKey, tableLayout.sortKey],
        ...(key === null ? {} : { 'dynamodb:LeadingKeys': [key] }),
      },
      identityPolicies: role.policies,
    });
    judged.push({ role: name, action, on, of, key, isAllowed: decision === 'allowed' });
  }
  return judged;
}

/** The decision of every role's policies in the synthesized template for every request. */
export interface PolicyEvaluation {
  readonly roles: readonly { readonly name: string; readonly isSession: boolean }[];
  readonly judgments: readonly Judgment[];
}

export async function evaluatePolicies(): Promise<PolicyEvaluation> {
  const directory = await synthesize(() => undefined);
  const deployment = loadDeployment({
    directory,
    origin: { synthesized: synthesizedOrigin, actual: synthesizedOrigin },
  });
  const resources = awsResourcesOf(deployment);
  const functions = functionsOf(deployment);
  const roles = resources.roles.map((role) => ({ role, name: titled(role, functions) }));
  const judgments: Judgment[] = [];
  for (const { role, name } of roles) judgments.push(...(await judgmentsOf(role, name, resources)));
  return { roles: roles.map(({ role, name }) => ({ name, isSession: isSession(role) })), judgments };
}
