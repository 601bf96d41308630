import * as z from 'zod';
import { AwsError } from '../http/answer.ts';

/** An item or key in DynamoDB's JSON: attribute name → type → value. */
export const item = z.record(z.string(), z.record(z.string(), z.unknown()));
export type Item = z.infer<typeof item>;

const consumed = { ReturnConsumedCapacity: z.string().optional() };
const projection = {
  ProjectionExpression: z.string().optional(),
  AttributesToGet: z.array(z.string()).optional(),
};

/**
 * The parts of a request on one item, one partition or a whole table that the gate reads. The engine
 * validates the rest.
 */
export const plainRequest = z.looseObject({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: item.optional(),
  Item: item.optional(),
  KeyConditionExpression: z.string().optional(),
  UpdateExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: item.default({}),
  Select: z.string().optional(),
  ReturnValues: z.string().optional(),
  ...projection,
  ...consumed,
});

export const batchGetRequest = z.looseObject({
  RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(item), ...projection })),
  ...consumed,
});

const batchedWrite = z.union([
  z
    .strictObject({ PutRequest: z.looseObject({ Item: item }) })
    .transform(({ PutRequest }) => PutRequest.Item),
  z
    .strictObject({ DeleteRequest: z.looseObject({ Key: item }) })
    .transform(({ DeleteRequest }) => DeleteRequest.Key),
]);

export const batchWriteRequest = z.looseObject({
  RequestItems: z.record(z.string(), z.array(batchedWrite)),
  ...consumed,
});

const transactEntry = z.looseObject({
  TableName: z.string(),
  Key: item.optional(),
  Item: item.optional(),
  UpdateExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ProjectionExpression: z.string().optional(),
});

/** An entry of TransactItems, as its operation's IAM action and the item that it concerns. */
const transacted = z.union([
  z.strictObject({ Get: transactEntry }).transform(({ Get }) => ({ action: 'GetItem', ...Get })),
  z.strictObject({ Put: transactEntry }).transform(({ Put }) => ({ action: 'PutItem', ...Put })),
  z.strictObject({ Update: transactEntry }).transform(({ Update }) => ({ action: 'UpdateItem', ...Update })),
  z.strictObject({ Delete: transactEntry }).transform(({ Delete }) => ({ action: 'DeleteItem', ...Delete })),
  z
    .strictObject({ ConditionCheck: transactEntry })
    .transform(({ ConditionCheck }) => ({ action: 'ConditionCheckItem', ...ConditionCheck })),
]);

export const transactRequest = z.looseObject({ TransactItems: z.array(transacted), ...consumed });

/** Parses a request, or throws DynamoDB's ValidationException. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AwsError('ValidationException', `${issue?.path.join('.')}: ${issue?.message}`);
}
