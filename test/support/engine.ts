import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TestProduct } from './product.ts';

/** The table behind the product's back: no policy is asked. */
export function engineOf(product: TestProduct) {
  const { environment } = product.functions.find(({ title }) => title === 'organization') ?? {};
  const plain = new DynamoDBClient({
    endpoint: product.aws.engineEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  // The plain client answers items as the engine has them.
  return { client: DynamoDBDocumentClient.from(plain), plain, TableName: environment?.TABLE_NAME };
}
