import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { answer, pageLimit, type Reads, shardLimit, shards } from './reads.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME ?? '';
const get = (pk: string, sk: string) =>
  client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }));

/** The reads of `GET /api/me`, with nothing around them. */
export async function me({ userId, organizationId }: Reads) {
  const [user, organization] = await Promise.all([
    get(`${organizationId}#user`, userId),
    get(`${organizationId}#organization`, 'profile'),
  ]);
  return answer({ user: user.Item, organization: organization.Item });
}

/** The reads of `GET /api/admin/organizations`: the caller, and each shard's share of a page. */
export async function list({ userId }: Reads) {
  await get('platform#user', userId);
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
