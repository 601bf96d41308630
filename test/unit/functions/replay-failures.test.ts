import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { replayFailures } from '../../../functions/streams/replay-failures.ts';

const Event = z.object({
  replayed: z.literal(true),
  Records: z.array(z.object({ eventID: z.string(), dynamodb: z.object({ SequenceNumber: z.string() }) })),
});

const record = (number: number, more = '') => ({
  eventID: `e${number}`,
  dynamodb: { SequenceNumber: String(number), more },
});

/** An object of the bucket with these records of a function. */
const failure = (Records: readonly object[], functionName = 'writer') =>
  JSON.stringify({
    requestContext: {
      requestId: 'r',
      functionArn: `arn:aws:lambda:eu-central-1:111122223333:function:${functionName}`,
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: 7,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: null },
    version: '1.0',
    timestamp: '2026-11-30T00:00:00.000Z',
    DDBStreamBatchInfo: {
      shardId: 's',
      startSequenceNumber: '1',
      endSequenceNumber: '1',
      approximateArrivalOfFirstRecord: '2026-11-30T00:00:00Z',
      approximateArrivalOfLastRecord: '2026-11-30T00:00:00Z',
      batchSize: Records.length,
      streamArn: 'arn',
    },
    payload: JSON.stringify({ Records }),
  });

/** A bucket with these objects, and functions that fail at some records, or crash at each one. */
function world(
  objects: Readonly<Record<string, string>>,
  { poison = [], crash = [] }: { poison?: string[]; crash?: string[] } = {},
) {
  const waiting = new Map(Object.entries(objects));
  const closed = new Map<string, string>();
  const invoked: [string, string[]][] = [];
  const replay = {
    consumers: ['writer', 'publisher'],
    hasTime: () => true,
    bucket: {
      async *waiting() {
        yield* [...waiting.keys()].sort();
      },
      read: async (key: string) => waiting.get(key) ?? '',
      async close(key: string, text: string) {
        closed.set(key, text);
        waiting.delete(key);
      },
    },
    async invoke(name: string, event: object) {
      const ids = Event.parse(event).Records.map(({ eventID }) => eventID);
      invoked.push([name, ids]);
      if (ids.some((id) => crash.includes(id))) throw new Error('it crashed');
      const failed = ids.find((id) => poison.includes(id));
      return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed.slice(1) }] };
    },
  };
  return { replay, invoked, closed, waiting };
}

describe('a replay', () => {
  it('gives each function its records in order, as such that come again, and moves what is done', async () => {
    const { replay, invoked, closed, waiting } = world({
      b: failure([record(3)], 'publisher'),
      a: failure([record(1), record(2)]),
    });
    expect(await replayFailures(replay)).toEqual({ objects: 2, records: 3, failing: [], waiting: 0 });
    expect(invoked).toEqual([
      ['writer', ['e1', 'e2']],
      ['publisher', ['e3']],
    ]);
    expect(closed.get('a')).toBe(failure([record(1), record(2)]));
    expect(waiting.size).toBe(0);
    expect(await replayFailures(replay)).toEqual({ objects: 0, records: 0, failing: [], waiting: 0 });
    expect(invoked).toHaveLength(2);
  });

  it('goes around what still fails, says what that is, and leaves it where it is', async () => {
    const records = [1, 2, 3, 4, 5].map((number) => record(number));
    const { replay, invoked, waiting } = world(
      { a: failure(records), b: failure([record(6)]) },
      { poison: ['e2', 'e5'] },
    );
    expect(await replayFailures(replay)).toEqual({
      objects: 1,
      records: 1,
      failing: [{ key: 'a', reason: expect.stringContaining('log'), eventIds: ['e2', 'e5'] }],
      waiting: 1,
    });
    expect(invoked.map(([, ids]) => ids.join(' '))).toEqual(['e1 e2 e3 e4 e5', 'e3 e4 e5', 'e6']);
    expect([...waiting.keys()]).toEqual(['a']);
  });

  it('says why a function crashes, and tries the other records without the first', async () => {
    const { replay } = world({ a: failure([record(1), record(2)]) }, { crash: ['e1'] });
    expect(await replayFailures(replay)).toMatchObject({
      objects: 0,
      failing: [{ key: 'a', reason: 'it crashed', eventIds: ['e1'] }],
    });
  });

  it('invokes no function but the consumers, whatever an object says', async () => {
    const { replay, invoked } = world({ a: failure([record(1)], 'admin'), b: 'no JSON', c: '{"payload":1}' });
    expect(await replayFailures(replay)).toMatchObject({
      objects: 0,
      failing: [
        { key: 'a', reason: "admin doesn't exist any more." },
        { key: 'b', reason: 'It is no failed batch.' },
        { key: 'c', reason: 'It is no failed batch.' },
      ],
      waiting: 3,
    });
    expect(invoked).toEqual([]);
  });

  it('counts what it has no time for', async () => {
    const { replay, invoked } = world({ a: failure([record(1)]), b: failure([record(2)]) });
    let left = 1;
    const hasTime = () => left-- > 0;
    expect(await replayFailures({ ...replay, hasTime })).toMatchObject({ objects: 1, waiting: 1 });
    expect(invoked).toHaveLength(1);
  });

  it('splits what is too large for one event', async () => {
    const large = [1, 2, 3].map((number) => record(number, 'x'.repeat(900_000)));
    const many = Array.from({ length: 150 }, (_, index) => record(index + 10));
    const { replay, invoked } = world({ a: failure(large), b: failure(many) });
    expect(await replayFailures(replay)).toMatchObject({ objects: 2, records: 153 });
    expect(invoked.map(([, ids]) => ids.length)).toEqual([2, 1, 100, 50]);
  });
});
