import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, type NativeAttributeValue, paginateScan } from '@aws-sdk/lib-dynamodb';
import { indexes, tableLayout } from '../../domain/table/layout.ts';
import { LocalProblem } from '../local/problem.ts';

/** The findings about a table. */
export interface TableFacts {
  readonly name: string;
  /** Permanent problems: it isn't a table of the product, or of another version. */
  readonly wrong: readonly string[];
  /** What a restored table lacks, each with the command that adds it. */
  readonly missing: readonly string[];
  /** Of the stream, if it is on. */
  readonly streamArn: string | undefined;
}

/**
 * Compares a table with what the product expects.
 * @throws LocalProblem if the table doesn't exist
 */
export async function factsOf(client: DynamoDBClient, name: string): Promise<TableFacts> {
  const table = await describe(client, name);
  const streams = table.StreamSpecification?.StreamEnabled === true;
  const view = table.StreamSpecification?.StreamViewType;
  const missing: string[] = [];
  const lacks = (what: string, command: string) =>
    missing.push(`${what}: aws dynamodb ${command.replaceAll('<table>', name)}`);
  const stream = 'StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES';
  if (!streams) lacks('no stream', `update-table --table-name <table> --stream-specification ${stream}`);
  if (!(await expires(client, name)))
    lacks(
      'no time to live',
      `update-time-to-live --table-name <table> --time-to-live-specification Enabled=true,AttributeName=${tableLayout.timeToLive}`,
    );
  if ((await recovers(client, name)) === false)
    lacks(
      'no point-in-time recovery',
      'update-continuous-backups --table-name <table> --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35',
    );
  if (table.DeletionProtectionEnabled === false)
    lacks('no deletion protection', 'update-table --table-name <table> --deletion-protection-enabled');
  return {
    name,
    wrong: [
      ...wrongKeys(table),
      ...indexes.flatMap((index) => wrongIndex(table, index)),
      ...(streams && view !== 'NEW_AND_OLD_IMAGES'
        ? [`its stream has ${view}, not the old and new images`]
        : []),
    ],
    missing,
    streamArn: streams ? table.LatestStreamArn : undefined,
  };
}

async function describe(client: DynamoDBClient, TableName: string): Promise<TableDescription> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') return Table;
    throw new LocalProblem(`${TableName} is ${Table?.TableStatus}: wait until it is ACTIVE.`);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new LocalProblem(`There is no table ${TableName}. Look at "aws dynamodb list-tables".`);
  }
}

const keysOf = ({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>): string =>
  ['HASH', 'RANGE']
    .map((type) => KeySchema.find(({ KeyType }) => KeyType === type)?.AttributeName ?? 'none')
    .join(' and ');

function wrongKeys(table: TableDescription): string[] {
  const { partitionKey, sortKey } = tableLayout;
  const expected = `${partitionKey} and ${sortKey}`;
  return keysOf(table) === expected ? [] : [`its keys are ${keysOf(table)}, not ${expected}`];
}

function wrongIndex(table: TableDescription, index: (typeof indexes)[number]): string[] {
  const { name, partitionKey, sortKey, includes } = index;
  const found = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
  if (found === undefined) return [`it has no index ${name}`];
  const expected = `${partitionKey} and ${sortKey}`;
  if (keysOf(found) !== expected)
    return [`the keys of its index ${name} are ${keysOf(found)}, not ${expected}`];
  const projected = found.Projection?.NonKeyAttributes?.toSorted().join();
  return projected === includes?.toSorted().join() ? [] : [`its index ${name} has other attributes`];
}

async function expires(client: DynamoDBClient, TableName: string): Promise<boolean> {
  const { TimeToLiveDescription: is } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  return is?.AttributeName === tableLayout.timeToLive && /^ENABL/.test(is.TimeToLiveStatus ?? '');
}

/** Undefined if unsupported: a local engine has no point-in-time recovery. */
async function recovers(client: DynamoDBClient, TableName: string): Promise<boolean | undefined> {
  try {
    const { ContinuousBackupsDescription: is } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    return is?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED';
  } catch (error) {
    if (error instanceof Error && error.name === 'UnknownOperationException') return undefined;
    throw error;
  }
}

/** An item as stored. */
export type Item = Record<string, NativeAttributeValue> & { readonly pk: string; readonly sk: string };

const isItem = (item: Record<string, NativeAttributeValue>): item is Item =>
  typeof item.pk === 'string' && typeof item.sk === 'string';

/** Every item of a table, page by page. Needs an operator's credentials, since no function may scan. */
export async function* pagesOf(client: DynamoDBDocumentClient, TableName: string): AsyncGenerator<Item[]> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    yield Items.filter(isItem);
}
