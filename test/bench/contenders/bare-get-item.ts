import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** The floor of a cold start: the AWS SDK, and one read. */
export const handler = (key: Record<string, { S: string }>) =>
  client.send(new GetItemCommand({ TableName: process.env.TABLE_NAME, Key: key }));
