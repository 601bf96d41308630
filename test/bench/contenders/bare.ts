import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { answer, pageLimit, type Reads, shards } from './reads.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;
const get = (pk: string, sk: string, ConsistentRead = true) =>
  client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead }));

/** The reads of `GET /api/me`, with nothing around them. */
export async function me({ userId, organizationId }: Reads) {
  const [user, organization] = await Promise.all([
    get(`${organizationId}#user`, userId),
    get(`${organizationId}#organization`, 'profile'),
  ]);
  return answer({ user: user.Item, organization: organization.Item });
}

/** The reads of `GET /api/admin/organizations`: the caller, a page of each shard, the counts of the page. */
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
          Limit: pageLimit + 1,
        }),
      ),
    ),
  );
  const items = pages.flatMap(({ Items = [] }) => Items).slice(0, pageLimit);
  const counts = await Promise.all(items.map(({ pk }) => get(String(pk), 'counters', false)));
  return answer(items.map((item, index) => ({ ...item, counts: counts[index]?.Item })));
}
