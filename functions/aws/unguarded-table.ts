import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import type { Answer, Opened } from '../../domain/canary/try-crossings.ts';
import type { OrganizationId } from '../../domain/ids.ts';
import { memberIndex } from '../../domain/table/layout.ts';

/**
 * A request for an organization's data. Resolves to the amount of data returned, or null if it reads none.
 */
type Way = (into: OrganizationId, from: OrganizationId) => Promise<number | null>;

const keyOf = (organizationId: OrganizationId, name = 'record') => ({
  pk: `${organizationId}#canary`,
  sk: name,
});

/** An item as declared in `domain/canary/canary.noun.ts`. */
const itemOf = (organizationId: OrganizationId, name: string) => ({
  ...keyOf(organizationId, name),
  entity: 'probe',
  entityVersion: '1',
  organizationId,
  name,
  at: new Date().toISOString(),
  [memberIndex.partitionKey]: `${organizationId}#canary`,
  [memberIndex.sortKey]: name,
});

/**
 * The table with one organization's credentials and **without the guard**, so any request is sent. Only for
 * the canary, which tests whether AWS itself refuses what our code never sends.
 */
export function openUnguarded(
  TableName: string,
  organizationId: OrganizationId,
  credentials: AwsCredentialIdentityProvider,
): Opened {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ credentials }));
  const ways: Readonly<Record<string, Way>> = { ...writes(client, TableName), ...reads(client, TableName) };
  return {
    organizationId,
    ways: Object.keys(ways),
    async ask(way, into) {
      try {
        const found = await ways[way]?.(into, organizationId);
        return found === 0
          ? { is: 'empty', reason: 'It was let in, and found nothing.' }
          : { is: 'answered' };
      } catch (error) {
        return answerOf(error);
      }
    },
  };
}

function answerOf(error: unknown): Answer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  // DynamoDB evaluates a condition only after authorizing the request.
  if (name === 'ConditionalCheckFailedException' || name === 'TransactionCanceledException')
    return { is: 'answered' };
  return name === 'AccessDeniedException'
    ? { is: 'refused' }
    : { is: 'failed', reason: `${name}: ${message}` };
}

const writes = (client: DynamoDBDocumentClient, TableName: string): Readonly<Record<string, Way>> => ({
  async PutItem(into) {
    await client.send(new PutCommand({ TableName, Item: itemOf(into, 'record') }));
    return null;
  },
  async UpdateItem(into) {
    const names = { '#at': 'at' };
    const values = { ':now': new Date().toISOString() };
    await client.send(
      new UpdateCommand({
        ...{ TableName, Key: keyOf(into), UpdateExpression: 'SET #at = :now' },
        ...{ ExpressionAttributeNames: names, ExpressionAttributeValues: values },
      }),
    );
    return null;
  },
  async DeleteItem(into) {
    await client.send(new DeleteCommand({ TableName, Key: keyOf(into, 'spare') }));
    return null;
  },
  async TransactWriteItems(into, from) {
    const Item = itemOf(into, 'spare');
    const ConditionExpression = 'attribute_exists(pk)';
    const own = { ConditionCheck: { TableName, Key: keyOf(from), ConditionExpression } };
    await client.send(new TransactWriteCommand({ TransactItems: [own, { Put: { TableName, Item } }] }));
    return null;
  },
  async ConditionCheckItem(into, from) {
    const Item = itemOf(from, 'spare');
    const ConditionExpression = 'attribute_exists(pk)';
    const check = { ConditionCheck: { TableName, Key: keyOf(into), ConditionExpression } };
    await client.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item } }, check] }));
    return null;
  },
});

const reads = (client: DynamoDBDocumentClient, TableName: string): Readonly<Record<string, Way>> => ({
  async GetItem(into) {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(into), ConsistentRead: true }));
    return Item === undefined ? 0 : 1;
  },
  async BatchGetItem(into, from) {
    const Keys = [keyOf(into), keyOf(from, 'spare')];
    const { Responses } = await client.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    return Responses?.[TableName]?.length ?? 0;
  },
  async TransactGetItems(into, from) {
    const keys = [keyOf(into), keyOf(from, 'spare')];
    const { Responses = [] } = await client.send(
      new TransactGetCommand({ TransactItems: keys.map((Key) => ({ Get: { TableName, Key } })) }),
    );
    return Responses.filter(({ Item }) => Item !== undefined).length;
  },
  async Query(into) {
    const query = queryOf('pk', into);
    const { Items = [] } = await client.send(new QueryCommand({ TableName, ConsistentRead: true, ...query }));
    return Items.length;
  },
  async 'Query of the index byMember'(into) {
    const IndexName = memberIndex.name;
    const query = queryOf(memberIndex.partitionKey, into);
    const { Items = [] } = await client.send(new QueryCommand({ TableName, IndexName, ...query }));
    return Items.length;
  },
});

const queryOf = (key: string, organizationId: OrganizationId) => ({
  KeyConditionExpression: '#key = :partition',
  ExpressionAttributeNames: { '#key': key },
  ExpressionAttributeValues: { ':partition': keyOf(organizationId).pk },
});
