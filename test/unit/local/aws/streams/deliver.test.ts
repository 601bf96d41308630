import { describe, expect, it } from 'vitest';
import type { FunctionOutcome, Mapping } from '../../../../../infra/local/aws/resources.ts';
import {
  type Delivery,
  deliver,
  firstFailure,
  type GivenUp,
} from '../../../../../infra/local/aws/streams/deliver.ts';
import { aMapping, aRecord } from './support/stream.ts';

const done: FunctionOutcome = { ok: true, payload: null };
const broken: FunctionOutcome = { ok: false, error: { errorType: 'Error', errorMessage: 'broken' } };
const failedAt = (itemIdentifier: string): FunctionOutcome => ({
  ok: true,
  payload: { batchItemFailures: [{ itemIdentifier }] },
});

/** Delivers records 1…count, and reports all events. */
async function run(
  count: number,
  answer: (batch: string[], attempt: number) => FunctionOutcome,
  change: Partial<Omit<Delivery, 'mapping'>> & { mapping?: Partial<Mapping> } = {},
) {
  const attempts: string[][] = [];
  const given: GivenUp[] = [];
  const checkpoints: string[] = [];
  const backOffs: number[] = [];
  const records = Array.from({ length: count }, (_, index) => aRecord(String(index + 1)));
  const finished = await deliver(records, {
    invoke: async (batch) => {
      const numbers = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
      attempts.push(numbers);
      return answer(numbers, attempts.length);
    },
    giveUp: async (one) => void given.push(one),
    checkpoint: ({ dynamodb }) => void checkpoints.push(dynamodb.SequenceNumber),
    backOff: async (retries) => {
      backOffs.push(retries);
      return true;
    },
    now: () => 1000,
    ...change,
    mapping: { ...aMapping, ...change.mapping },
  });
  const lost = given.map(({ condition, records: kept, attempts: tries }) => [
    condition,
    kept.map(({ dynamodb }) => dynamodb.SequenceNumber),
    tries,
  ]);
  return { finished, attempts, lost, checkpoints, backOffs };
}
const contains = (number: string) => (batch: string[]) => (batch.includes(number) ? broken : done);

describe('a batch', () => {
  it('that succeeds is checkpointed at its end', async () => {
    const { attempts, checkpoints, finished } = await run(3, () => done);
    expect({ attempts, checkpoints, finished }).toEqual({
      attempts: [['1', '2', '3']],
      checkpoints: ['3'],
      finished: true,
    });
  });

  it('that fails is tried again as often as the mapping says, then given up', async () => {
    const { attempts, lost, checkpoints, backOffs } = await run(2, () => broken, {
      mapping: { maximumRetryAttempts: 2 },
    });
    expect(attempts).toHaveLength(3);
    expect(backOffs).toEqual([1, 2]);
    expect(lost).toEqual([['RetryAttemptsExhausted', ['1', '2'], 3]]);
    expect(checkpoints).toEqual(['2']);
  });

  it('is tried for ever when there is no limit', async () => {
    const { attempts, lost } = await run(1, (_, attempt) => (attempt > 20 ? done : broken), {
      mapping: { maximumRetryAttempts: -1 },
    });
    expect(attempts).toHaveLength(21);
    expect(lost).toEqual([]);
  });

  it('is split until the bad record is alone, without spending retries; order is kept', async () => {
    const { attempts, lost, backOffs } = await run(4, contains('3'), {
      mapping: { bisectOnError: true, maximumRetryAttempts: 1 },
    });
    expect(attempts).toEqual([['1', '2', '3', '4'], ['1', '2'], ['3', '4'], ['3'], ['3'], ['4']]);
    expect(lost).toEqual([['RetryAttemptsExhausted', ['3'], 2]]);
    expect(backOffs).toEqual([0, 0, 1]);
  });

  it('goes on from the lowest failure it reports, and checkpoints what is before it', async () => {
    const { attempts, checkpoints } = await run(4, (_, attempt) => (attempt === 1 ? failedAt('3') : done));
    expect(attempts).toEqual([
      ['1', '2', '3', '4'],
      ['3', '4'],
    ]);
    expect(checkpoints).toEqual(['2', '4']);
  });

  it('spends a retry on a partial failure, unless it may be split there', async () => {
    const answer = (batch: string[]) => (batch.length > 1 ? failedAt(batch[1] ?? '') : done);
    const whole = await run(4, answer, { mapping: { maximumRetryAttempts: 1 } });
    expect(whole.lost).toEqual([['RetryAttemptsExhausted', ['3', '4'], 2]]);
    const split = await run(4, answer, { mapping: { maximumRetryAttempts: 1, bisectOnError: true } });
    expect(split.lost).toEqual([]);
  });

  it('loses its records that are too old, and delivers the rest', async () => {
    const { attempts, lost } = await run(3, () => done, {
      mapping: { maximumRecordAgeSeconds: 60 },
      now: () => 1061.5, // Record n was written at second 1000 + n.
    });
    expect(lost).toEqual([['RecordAgeExceeded', ['1'], 0]]);
    expect(attempts).toEqual([['2', '3']]);
  });

  it('that is interrupted while it waits is not checkpointed', async () => {
    const { finished, checkpoints, lost } = await run(2, () => broken, { backOff: async () => false });
    expect({ finished, checkpoints, lost }).toEqual({ finished: false, checkpoints: [], lost: [] });
  });
});

const numbers = ['101', '102', '103'];
const failureIn = (payload: unknown) => firstFailure({ ok: true, payload }, numbers, true);
const failures = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe("a function's answer to a batch", () => {
  it.each([[null], [undefined], [{}], [{ batchItemFailures: [] }], [{ batchItemFailures: null }]])(
    'is a success when it is %j',
    (payload) => {
      expect(failureIn(payload)).toBeUndefined();
    },
  );

  it('makes the lowest sequence number the checkpoint', () => {
    expect(failureIn(failures('103', '102'))).toBe(1);
  });

  it.each([
    ['null', failures(null)],
    ['empty', failures('')],
    ['unknown', failures('102', '999')],
    ['a number', failures(102)],
    ['missing', { batchItemFailures: [{ id: '102' }] }],
  ])('fails the whole batch when an identifier is %s', (_, payload) => {
    expect(failureIn(payload)).toBe(0);
  });

  it('fails the whole batch when it has another shape', () => {
    expect(failureIn('done')).toBe(0);
    expect(failureIn({ batchItemFailures: 'none' })).toBe(0);
  });

  it('fails the whole batch when the function failed, and counts nothing it says when it reports no items', () => {
    const error = { errorType: 'Error', errorMessage: 'broken' };
    expect(firstFailure({ ok: false, error }, numbers, true)).toBe(0);
    expect(firstFailure({ ok: true, payload: failures('101') }, numbers, false)).toBeUndefined();
  });
});
