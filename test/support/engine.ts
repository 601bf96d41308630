import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TestProduct } from './product.ts';

/** The table behind the product's back: no policy is asked. */
export function engineOf(product: TestProduct) {
  const { environment } = product.functions.find(({ title }) => title === 'organization') ?? {};
  const engine = new DynamoDBClient({
    endpoint: product.aws.engineEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { client: DynamoDBDocumentClient.from(engine), TableName: environment?.TABLE_NAME };
}
