import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TestProduct } from './product.ts';

/** Direct access to the table, without policies. */
export function engineOf(product: TestProduct) {
  const { environment } = product.functions.find(({ title }) => title === 'organization') ?? {};
  const plain = new DynamoDBClient({
    endpoint: product.aws.engineEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  // The plain client returns items as the engine stores them.
  return { client: DynamoDBDocumentClient.from(plain), plain, TableName: environment?.TABLE_NAME };
}
