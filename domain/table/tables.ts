import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import QuickLRU from 'quick-lru';
import { OrganizationId } from '../ids.ts';
import { guard } from './guard.ts';
import type { Boundary } from './inspect-command.ts';
import { directoryIndex, directoryIndexes, memberIndex, partitionPatterns } from './layout.ts';
import type { ControlPlane, OpenOrganization, OrganizationScope } from './scope.ts';
import { type AssumeRole, tenantCredentials } from './tenant-credentials.ts';

// Clients only differ in their credentials, so they share connections.
let requestHandler: DynamoDBClientConfig['requestHandler'];

function documentClient(config: DynamoDBClientConfig, boundary: Boundary): DynamoDBDocumentClient {
  const connected = requestHandler === undefined ? config : { ...config, requestHandler };
  const client = guard(new DynamoDBClient(connected), boundary);
  requestHandler ??= client.config.requestHandler;
  // It copies inputs and outputs even without a logger, and personal data doesn't belong in logs anyway.
  client.middlewareStack.remove('loggerMiddleware');
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** IAM's `StringLike` for the layout's patterns: `*` stands for any characters. */
function likeAny(patterns: readonly string[]): (text: string) => boolean {
  const expressions = patterns.map((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's'));
  return (text) => expressions.some((expression) => expression.test(text));
}

/** A client with a function's own role, limited to that role's partitions. */
export function roleClient(table: string, patterns: readonly string[], indexes: readonly string[] = []) {
  return { table, client: documentClient({}, { table, indexes, admits: likeAny(patterns) }) };
}

/** A client with an operator's credentials from the environment, or for a local DynamoDB. */
function operatorsClient(
  table: string,
  endpoint: string | undefined,
  boundary: Omit<Boundary, 'table'>,
): ControlPlane {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const config = endpoint === undefined ? {} : { endpoint, region: 'us-east-1', credentials };
  return { table, client: documentClient(config, { table, ...boundary }) };
}

/**
 * The legacy import's client: an operator's credentials from the environment, limited to what an import
 * writes. `endpoint` is that of a local DynamoDB.
 */
export const openForImport = (table: string, endpoint?: string): ControlPlane =>
  operatorsClient(table, endpoint, {
    indexes: [],
    admits: likeAny([...partitionPatterns.import, ...partitionPatterns.importedExport]),
  });

/** The same for the health backtest, limited to the directory, snapshots and changes of plans. */
export const openForBacktest = (table: string, endpoint?: string): ControlPlane =>
  operatorsClient(table, endpoint, {
    indexes: [directoryIndex.name],
    admits: likeAny(partitionPatterns.backtest),
  });

/** The same for resharding the directory. */
export const openForReshard = (table: string, endpoint?: string): ControlPlane =>
  operatorsClient(table, endpoint, {
    indexes: [directoryIndex.name],
    admits: likeAny(partitionPatterns.reshard),
  });

/** The super admin's client: see `ControlPlane`. */
export const openControlPlane = (table: string): ControlPlane =>
  roleClient(
    table,
    [...partitionPatterns.controlPlane, partitionPatterns.directory],
    directoryIndexes.map(({ name }) => name),
  );

/**
 * Opens organizations by assuming the tenant role with the organization's id as session tag. Scopes of
 * recent organizations are cached, so that a warm request creates no client and doesn't call STS.
 * @param kept the minimum number of cached scopes; each takes about 100 KB
 */
export function openOrganizations(table: string, assumeRole: AssumeRole, kept = 200): OpenOrganization {
  const scopes = new QuickLRU<OrganizationId, OrganizationScope>({ maxSize: kept });
  return (organizationId) => {
    const known = scopes.get(organizationId);
    if (known !== undefined) return known;
    const own = `${OrganizationId.parse(organizationId)}#`;
    const credentials = tenantCredentials(assumeRole, organizationId);
    const boundary = { table, indexes: [memberIndex.name], admits: (key: string) => key.startsWith(own) };
    const scope = { organizationId, table, client: documentClient({ credentials }, boundary) };
    scopes.set(organizationId, scope);
    return scope;
  };
}

/** Like `openOrganizations`, for a run that visits each organization once: hardly any scope is cached. */
export const openInTurn = (table: string, assumeRole: AssumeRole): OpenOrganization =>
  openOrganizations(table, assumeRole, 10);
