import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

type LambdaImage = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

// A number that JavaScript can't hold stays text: whoever writes one must not keep the record from being
// read.
const wrapNumbers = (text: string): number | string =>
  Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER ? Number(text) : text;

/** An image of a stream record as plain JSON, or null where there is none. */
export function plain(image: LambdaImage) {
  if (image === undefined) return null;
  // biome-ignore lint/nursery/noUnsafeTypeAssertion: Lambda's and the SDK's types describe the same JSON under two names
  return unmarshall(image as Record<string, AttributeValue>, { wrapNumbers });
}
