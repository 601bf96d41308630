import {
  BatchGetCommand,
  DeleteCommand,
  ExecuteStatementCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { PLATFORM } from '../../domain/ids.ts';
import { readClerksKey, under, underTenantRole } from '../support/under-role.ts';
import type { Prey } from './prey.ts';
import { Tally } from './tally.ts';

type Table = Awaited<ReturnType<typeof under>>;
type Attempt = (table: Table) => Promise<unknown>;

/** One request that code in a function could try. */
interface Power {
  readonly what: string;
  readonly does: 'reads' | 'writes';
  readonly attempt: Attempt;
  /** Functions that need it. */
  readonly worksOf?: readonly string[];
}

const at = (pk: string, sk = 'intruder') => ({ pk, sk });
const put =
  (pk: string, more: object = {}): Attempt =>
  ({ client, TableName }) =>
    client.send(new PutCommand({ TableName, Item: { ...at(pk), ...more } }));
const change =
  (pk: string, attribute = 'name'): Attempt =>
  ({ client, TableName }) =>
    client.send(
      new UpdateCommand({
        TableName,
        Key: at(pk),
        UpdateExpression: 'SET #a = :b',
        ExpressionAttributeNames: { '#a': attribute },
        ExpressionAttributeValues: { ':b': 'intruder' },
      }),
    );
const remove =
  (pk: string): Attempt =>
  ({ client, TableName }) =>
    client.send(new DeleteCommand({ TableName, Key: at(pk) }));
const get =
  (pk: string): Attempt =>
  ({ client, TableName }) =>
    client.send(new GetCommand({ TableName, Key: at(pk) }));
const query =
  (key: string, pk: string, IndexName?: string): Attempt =>
  ({ client, TableName }) =>
    client.send(
      new QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: '#k = :k',
        ExpressionAttributeNames: { '#k': key },
        ExpressionAttributeValues: { ':k': pk },
      }),
    );

const scan: Attempt = ({ client, TableName }) => client.send(new ScanCommand({ TableName }));
const select =
  (pk: string): Attempt =>
  ({ client, TableName }) =>
    client.send(
      new ExecuteStatementCommand({
        Statement: `SELECT * FROM "${TableName}" WHERE pk = ?`,
        Parameters: [pk],
      }),
    );

const writes = (
  pk: string,
  worksOf?: Partial<Record<'put' | 'update' | 'delete', readonly string[]>>,
): Power[] =>
  (
    [
      ['put', put],
      ['update', change],
      ['delete', remove],
    ] as const
  ).map(([how, attempt]) => ({
    what: `${how} ${pk}`,
    does: 'writes',
    attempt: attempt(pk),
    worksOf: worksOf?.[how] ?? [],
  }));
const reads = (
  pk: string,
  { gets = [], queries = [] }: Partial<Record<'gets' | 'queries', readonly string[]>> = {},
): Power[] => [
  { what: `get ${pk}`, does: 'reads', attempt: get(pk), worksOf: gets },
  { what: `query ${pk}`, does: 'reads', attempt: query('pk', pk), worksOf: queries },
];

/** They read all organizations: to export one, to delete one, and to erase a person from one. */
const readAll = ['exports', 'removals', 'erasures'];
/** One changes what is stored about a person, the other deletes what a departed organization had. */
const onAll = { update: ['erasures'], delete: ['removals'] };

/** What no function may do under its role, except those that need it. */
function ownPowers(home: string, away: string): Power[] {
  const tenants = ['user', 'team', 'kpi', 'check-in', 'usage'];
  return [
    ...writes(`${home}#audit#2026-11`, { put: ['audit-writer'], delete: ['removals'] }),
    ...writes('platform#audit#2026-11', { put: ['audit-writer'] }),
    ...writes('platform#user', { put: ['approvals'] }),
    ...writes('platform#invitation'),
    ...writes('platform#approval', { put: ['approvals'], update: ['approvals'] }),
    ...writes(`${away}#access`, { delete: ['removals'] }),
    ...['platform#access#exported', 'platform#access#usage-run'].flatMap((pk) =>
      writes(pk, { put: ['admin'] }),
    ),
    ...tenants.flatMap((noun) => [
      ...writes(`${away}#${noun}`, onAll),
      ...reads(`${away}#${noun}`, {
        gets: noun === 'user' ? [...readAll, 'gateway'] : readAll,
        queries: readAll,
      }),
    ]),
    { what: 'scan the table', does: 'reads', attempt: scan },
    { what: 'select by PartiQL', does: 'reads', attempt: select(`${away}#user`) },
    {
      what: 'list somebody’s things',
      does: 'reads',
      attempt: query('memberPk', `${away}#member#x`, 'byMember'),
    },
    {
      what: 'stand in the directory',
      does: 'writes',
      attempt: put(`${home}#team`, { directoryPk: 'platform#organizations#0', directorySk: 'x' }),
    },
  ];
}

/** What no session for one organization may do, whichever function opened it. */
function tenantPowers(home: string, away: string): Power[] {
  const nouns = ['user', 'team', 'kpi', 'check-in', 'organization', 'invitation', 'access', 'usage'];
  const feed = { directoryPk: 'platform#audit#2026-11#0', directorySk: 'x' };
  return [
    ...nouns.flatMap((noun) => [...writes(`${away}#${noun}`), ...reads(`${away}#${noun}`)]),
    ...['user', 'invitation', 'access', 'identity', 'rate'].flatMap((noun) => [
      ...writes(`platform#${noun}`),
      ...reads(`platform#${noun}`),
    ]),
    ...writes(`${home}#audit#2026-11`),
    ...writes(`${home}#access#usage-run`),
    { what: 'change an access event', does: 'writes', attempt: change(`${home}#access`) },
    { what: 'remove an access event', does: 'writes', attempt: remove(`${home}#access`) },
    { what: 'put into the platform’s feed', does: 'writes', attempt: put(`${home}#team`, feed) },
    { what: 'move into the directory', does: 'writes', attempt: change(`${home}#team`, 'directoryPk') },
    {
      what: 'write both in one transaction',
      does: 'writes',
      attempt: ({ client, TableName }) =>
        client.send(
          new TransactWriteCommand({
            TransactItems: [`${home}#team`, `${away}#team`].map((pk) => ({
              Put: { TableName, Item: at(pk) },
            })),
          }),
        ),
    },
    {
      what: 'read both in one batch',
      does: 'reads',
      attempt: ({ client, TableName = '' }) =>
        client.send(
          new BatchGetCommand({
            RequestItems: { [TableName]: { Keys: [at(`${home}#team`), at(`${away}#team`)] } },
          }),
        ),
    },
    { what: 'scan the table', does: 'reads', attempt: scan },
    { what: 'select by PartiQL', does: 'reads', attempt: select(`${away}#user`) },
    {
      what: 'list another’s things',
      does: 'reads',
      attempt: query('memberPk', `${away}#member#x`, 'byMember'),
    },
    {
      what: 'list the directory',
      does: 'reads',
      attempt: query('directoryPk', 'platform#organizations#0', 'directory'),
    },
  ];
}

/** Counts what no policy refuses. */
async function tryPower(
  tally: Tally,
  { what, does }: Pick<Power, 'what' | 'does'>,
  attempt: () => Promise<unknown>,
) {
  tally.cells += 1;
  try {
    await attempt();
    (does === 'reads' ? tally.leaks : tally.changes).push(what);
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    // Invalid organization ids are refused before a policy is evaluated.
    if (!/^(AccessDenied|ValidationError$)/.test(name)) tally.errors.push(`${what}: ${name}`);
  }
}

/** What code in each function could do under the function's role. */
export async function attackOwnRoles({ product, world }: Prey): Promise<Tally> {
  const tally = new Tally('code under each function’s own role');
  const powers = ownPowers(world.home.organizationId, world.away.organizationId);
  for (const { title } of product.functions) {
    if (title !== 'gateway')
      await tryPower(tally, { what: `${title}: read Clerk’s key`, does: 'reads' }, () =>
        readClerksKey(product, title),
      );
    if (!openers({ product }).includes(title))
      for (const organizationId of [world.home.organizationId, world.away.organizationId, PLATFORM])
        await tryPower(tally, { what: `${title}: open ${organizationId}`, does: 'reads' }, () =>
          underTenantRole(product, organizationId, title),
        );
    const table = await under(product, title);
    for (const { what, does, attempt, worksOf = [] } of powers)
      if (!worksOf.includes(title))
        await tryPower(tally, { what: `${title}: ${what}`, does }, () => attempt(table));
  }
  return tally;
}

/** The functions that may open any customer's organization with their own role. The canary opens probes. */
export const openers = ({ product }: Pick<Prey, 'product'>): string[] =>
  product.functions
    .filter(
      ({ title, environment }) =>
        title !== 'canary' && 'TENANT_ROLE_ARN' in environment && !('TENANT_SESSION_NAME' in environment),
    )
    .map(({ title }) => title);

/** What code in each function could do in a session for its caller's organization. */
export async function attackTenantRole(prey: Prey): Promise<Tally> {
  const tally = new Tally('code under the tenant role');
  const { product, world } = prey;
  const home = world.home.organizationId;
  await prey.changedKeys();
  for (const title of openers(prey)) {
    for (const organizationId of [...(title === 'webhooks' ? [] : [PLATFORM]), '*', 'org_*', ''])
      await tryPower(tally, { what: `${title}: open “${organizationId}”`, does: 'reads' }, () =>
        underTenantRole(product, organizationId, title),
      );
    const table = await underTenantRole(product, home, title);
    for (const { what, does, attempt } of tenantPowers(home, world.away.organizationId))
      await tryPower(tally, { what: `${title}: ${what}`, does }, () => attempt(table));
  }
  tally.changes.push(...(await prey.changedKeys()));
  return tally;
}
