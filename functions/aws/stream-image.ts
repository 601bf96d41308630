import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

type LambdaImage = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

// Numbers beyond JavaScript's range stay strings, so that no item can make its record unreadable.
const wrapNumbers = (text: string): number | string =>
  Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER ? Number(text) : text;

/** A stream record's image as plain JSON, or null if absent. */
export function plain(image: LambdaImage) {
  if (image === undefined) return null;
  // biome-ignore lint/nursery/noUnsafeTypeAssertion: Lambda's and the SDK's types describe the same JSON under two names
  return unmarshall(image as Record<string, AttributeValue>, { wrapNumbers });
}
