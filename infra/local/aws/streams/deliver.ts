import * as z from 'zod';
import type { FunctionOutcome, Mapping } from '../resources.ts';
import type { StreamRecord } from './stream.ts';

/** Why records were discarded, in AWS's words. */
type GiveUpCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Discarded records, and the result of the last attempt. */
export interface GivenUp {
  readonly condition: GiveUpCondition;
  readonly records: readonly StreamRecord[];
  readonly attempts: number;
  readonly lastOutcome: FunctionOutcome | undefined;
}

export interface Delivery {
  readonly mapping: Mapping;
  readonly invoke: (records: readonly StreamRecord[]) => Promise<FunctionOutcome>;
  readonly giveUp: (given: GivenUp) => Promise<void>;
  /** Everything up to and including this record is done and must not be repeated after a restart. */
  readonly checkpoint: (record: StreamRecord) => void;
  /** Waits before an attempt is repeated; false when the run is stopping. */
  readonly backOff: (retries: number) => Promise<boolean>;
  /** Epoch seconds. */
  readonly now: () => number;
}

/** Consecutive records that succeed or fail together. */
interface Segment {
  readonly records: readonly StreamRecord[];
  readonly retries: number;
  /** Whether the last attempt processed a part of it. */
  readonly progressed?: boolean;
  readonly lastOutcome?: FunctionOutcome;
}

/**
 * Delivers a batch to its function in order, retrying as configured in the mapping. Records that still fail
 * are discarded, so that they don't block those behind them. Resolves to false when the product stops
 * before the end. Source: AWS Lambda Developer Guide, "Retain discarded records for a DynamoDB event
 * source", and AWS::Lambda::EventSourceMapping.
 */
export async function deliver(batch: readonly StreamRecord[], delivery: Delivery): Promise<boolean> {
  const pending: Segment[] = [{ records: batch, retries: 0 }];
  for (let segment = pending.shift(); segment !== undefined; segment = pending.shift()) {
    const fresh = await giveUpExpired(segment, delivery);
    if (fresh.records.length === 0) continue;
    const outcome = await delivery.invoke(fresh.records);
    const rest = afterAttempt(fresh, outcome, delivery);
    if (rest === undefined) continue;
    const [next, ...later] = nextAttempts(rest, delivery.mapping);
    if (next === undefined) {
      await giveUp('RetryAttemptsExhausted', rest, delivery);
      continue;
    }
    pending.unshift(next, ...later);
    if (!(await delivery.backOff(next.retries))) return false;
  }
  return true;
}

/** The part of a segment that an attempt left unprocessed, if any. */
function afterAttempt(segment: Segment, outcome: FunctionOutcome, delivery: Delivery): Segment | undefined {
  const { records, retries } = segment;
  const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const failed = firstFailure(outcome, numbers, delivery.mapping.reportBatchItemFailures);
  const done = records[(failed ?? records.length) - 1];
  if (done !== undefined) delivery.checkpoint(done);
  if (failed === undefined) return undefined;
  return { records: records.slice(failed), retries, progressed: failed > 0, lastOutcome: outcome };
}

/**
 * The next attempts at a failed segment; none when its retries are used up. Splitting doesn't consume a
 * retry; with bisect, a partial failure splits at the reported record.
 */
function nextAttempts(failed: Segment, mapping: Mapping): Segment[] {
  const { records, retries } = failed;
  if (mapping.bisectOnError && failed.progressed === true) return [{ ...failed, retries: 0 }];
  if (mapping.bisectOnError && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return [
      { ...failed, records: records.slice(0, middle) },
      { ...failed, records: records.slice(middle) },
    ];
  }
  const spent = mapping.maximumRetryAttempts !== -1 && retries >= mapping.maximumRetryAttempts;
  return spent ? [] : [{ ...failed, retries: retries + 1 }];
}

async function giveUpExpired(segment: Segment, delivery: Delivery): Promise<Segment> {
  const { maximumRecordAgeSeconds } = delivery.mapping;
  if (maximumRecordAgeSeconds === -1) return segment;
  const oldest = delivery.now() - maximumRecordAgeSeconds;
  const isExpired = ({ dynamodb }: StreamRecord) => dynamodb.ApproximateCreationDateTime < oldest;
  const firstFresh = segment.records.findIndex((record) => !isExpired(record));
  const count = firstFresh === -1 ? segment.records.length : firstFresh;
  if (count > 0)
    await giveUp('RecordAgeExceeded', { ...segment, records: segment.records.slice(0, count) }, delivery);
  return { ...segment, records: segment.records.slice(count) };
}

async function giveUp(condition: GiveUpCondition, segment: Segment, delivery: Delivery): Promise<void> {
  const { records, retries, lastOutcome } = segment;
  const attempts = lastOutcome === undefined ? 0 : retries + 1;
  await delivery.giveUp({ condition, records, attempts, lastOutcome });
  const last = records.at(-1);
  if (last !== undefined) delivery.checkpoint(last);
}

const response = z
  .looseObject({
    batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().nullish().catch(null) })).nullish(),
  })
  .nullish();

/**
 * Index of the first record that must be retried, or undefined if all succeeded: the lowest reported
 * identifier, from which on everything is repeated. An unknown or empty identifier, or another response,
 * fails the whole batch.
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
