import { describe, expect, it } from 'vitest';
import { firstFailure } from '../../../../infra/local/aws/streams/deliver.ts';

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
