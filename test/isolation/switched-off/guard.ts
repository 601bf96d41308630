import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** In place of `domain/table/guard.ts` where the guard is switched off: sends whatever it is given. */
export const guard = (client: DynamoDBClient): DynamoDBClient => client;
