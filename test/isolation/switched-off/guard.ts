import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Replaces `domain/table/guard.ts` where the guard is switched off: sends every request. */
export const guard = (client: DynamoDBClient): DynamoDBClient => client;
