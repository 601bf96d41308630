import { type DynamoDBDocumentClient, type NativeAttributeValue, paginateScan } from '@aws-sdk/lib-dynamodb';

/** An item as stored. */
export type Item = Record<string, NativeAttributeValue> & { readonly pk: string; readonly sk: string };

const isItem = (item: Record<string, NativeAttributeValue>): item is Item =>
  typeof item.pk === 'string' && typeof item.sk === 'string';

/** Every item of a table, page by page. Needs an operator's credentials, since no function may scan. */
export async function* pagesOf(client: DynamoDBDocumentClient, TableName: string): AsyncGenerator<Item[]> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    yield Items.filter(isItem);
}
