import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { answer, pageLimit, type Reads, shardLimit, shards } from './reads.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME ?? '';

/** The reads of `GET /api/me`, and nothing else. */
export async function me({ userId, organizationId }: Reads) {
  const Keys = [
    { pk: `${organizationId}#user`, sk: userId },
    { pk: `${organizationId}#organization`, sk: 'profile' },
  ];
  const { Responses } = await client.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
  );
  return answer({ items: Responses?.[TableName] });
}

/** The reads of `GET /api/admin/organizations`: the caller, and each shard's share of a page. */
export async function list({ userId }: Reads) {
  const Key = { pk: 'platform#user', sk: userId };
  await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  const pages = await Promise.all(
    shards.map((shard) =>
      client.send(
        new QueryCommand({
          TableName,
          IndexName: 'directory',
          KeyConditionExpression: 'directoryPk = :shard',
          ExpressionAttributeValues: { ':shard': shard },
          Limit: shardLimit,
        }),
      ),
    ),
  );
  const items = pages.flatMap(({ Items = [] }) => Items).slice(0, pageLimit);
  return answer(items);
}
