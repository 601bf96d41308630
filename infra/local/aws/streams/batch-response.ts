import * as z from 'zod';
import type { FunctionOutcome } from '../function-outcome.ts';

const response = z
  .looseObject({
    batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().nullish().catch(null) })).nullish(),
  })
  .nullish();

/**
 * Index of the first record of a batch that must be tried again, or undefined when all are done. The lowest identifier that
 * a function reports is the checkpoint: it and everything behind it comes again. An identifier that is null, empty or not
 * one of the batch's fails the whole batch, and so does a response of another shape.
 * Source: AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda".
 */
export function firstFailure(
  outcome: FunctionOutcome,
  sequenceNumbers: readonly string[],
  reporting: boolean,
): number | undefined {
  if (!outcome.ok) return 0;
  if (!reporting) return undefined;
  const parsed = response.safeParse(outcome.payload);
  if (!parsed.success) return 0;
  const failures = parsed.data?.batchItemFailures ?? [];
  if (failures.length === 0) return undefined;
  const indexes = failures.map(({ itemIdentifier }) => sequenceNumbers.indexOf(itemIdentifier ?? ''));
  return indexes.includes(-1) ? 0 : Math.min(...indexes);
}
