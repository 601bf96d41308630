import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { FunctionOutcome } from '../../../../../infra/local/aws/resources.ts';
import type { AwsServices } from '../../../../../infra/local/aws/services.ts';
import { engineClient, key, TableName } from './start.ts';

const event = z.object({
  Records: z.array(
    z.looseObject({
      eventID: z.string(),
      eventName: z.string(),
      dynamodb: z.looseObject({
        SequenceNumber: z.string(),
        Keys: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
      }),
    }),
  ),
});

export interface Seen {
  readonly sk: string;
  readonly eventId: string;
  readonly sequenceNumber: string;
}

type Answer = (batch: readonly Seen[]) => FunctionOutcome;

export const done: FunctionOutcome = { ok: true, payload: { batchItemFailures: [] } };
export const failed: FunctionOutcome = { ok: false, error: { errorType: 'Error', errorMessage: 'broken' } };
export const failedAt = ({ sequenceNumber }: Seen): FunctionOutcome => ({
  ok: true,
  payload: { batchItemFailures: [{ itemIdentifier: sequenceNumber }] },
});

/** A consumer function that records each batch and responds as specified. */
export function consumerFunction(answer: Answer = () => done) {
  const batches: Seen[][] = [];
  const events: unknown[] = [];
  return {
    batches,
    events,
    /** Sort keys of all received records, in order, including repeated ones. */
    seen: () => batches.flat().map(({ sk }) => sk),
    async invoke(_: string, input: unknown): Promise<FunctionOutcome> {
      const batch = event.parse(input).Records.map(({ eventID, dynamodb }) => ({
        sk: dynamodb.Keys.sk.S,
        eventId: eventID,
        sequenceNumber: dynamodb.SequenceNumber,
      }));
      events.push(input);
      batches.push(batch);
      return answer(batch);
    },
  };
}

/** Writes one item for each sort key, in order. */
export async function write(aws: AwsServices, ...sortKeys: readonly string[]): Promise<void> {
  const client = engineClient(aws);
  for (const sk of sortKeys)
    await client.send(
      new PutItemCommand({ TableName, Item: { ...key('org_A#x', sk), entity: { S: 'thing' } } }),
    );
}
