import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { answer, pageLimit, type Reads, shards } from './reads.ts';

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
  const Keys = items.map(({ pk }) => ({ pk: String(pk), sk: 'counters' }));
  const { Responses = {} } = await client.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }),
  );
  const counts = new Map(Responses[TableName]?.map((found) => [found.pk, found]));
  return answer(items.map((item) => ({ ...item, counts: counts.get(item.pk) })));
}
