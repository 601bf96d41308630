import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openCheckpoints } from '../../../../../infra/local/aws/streams/checkpoints.ts';
import { startConsumer } from '../../../../../infra/local/aws/streams/consumer.ts';
import type { StreamRecord, StreamSource } from '../../../../../infra/local/aws/streams/stream.ts';
import { createWriteSignal, type WriteSignal } from '../../../../../infra/local/aws/streams/write-signal.ts';
import { aMapping, aRecord } from './support/stream.ts';

let signal: WriteSignal;
let ended: Promise<void> = Promise.resolve();
afterEach(async () => {
  signal.stop();
  await ended;
});

interface FakeShard {
  readonly parent?: string;
  readonly numbers: readonly string[];
  readonly closed: boolean;
}

/** A stream with the given shards; `trouble` is thrown once, by the first call. */
function aSource(shards: Readonly<Record<string, FakeShard>>, trouble?: Error): StreamSource {
  let pending = trouble;
  return {
    label: 'one',
    shards: async () => Object.entries(shards).map(([id, { parent }]) => ({ id, parent })),
    open: (shard, after) => {
      const { numbers = [], closed = false } = shards[shard] ?? {};
      let position = after === undefined ? 0 : numbers.indexOf(after) + 1;
      return {
        async next(limit) {
          if (pending !== undefined) {
            const error = pending;
            pending = undefined;
            throw error;
          }
          const records = numbers.slice(position, position + limit).map((number) => aRecord(number));
          position += records.length;
          return { records, closed: closed && position === numbers.length };
        },
      };
    },
  };
}

function consume(
  source: StreamSource,
  file = join(mkdtempSync(join(tmpdir(), 'mtcms-shards-')), 'checkpoint.json'),
  past?: Readonly<Record<string, string>>,
) {
  signal = createWriteSignal();
  const seen: string[] = [];
  const times: number[] = [];
  const consumer = startConsumer({
    mapping: aMapping,
    source,
    signal,
    checkpoints: openCheckpoints(file, source.label),
    invoke: async ({ Records }: { Records: readonly StreamRecord[] }) => {
      seen.push(...Records.map(({ dynamodb }) => String(dynamodb.Keys.sk?.S)));
      times.push(...Records.map(({ dynamodb }) => dynamodb.ApproximateCreationDateTime));
      return { ok: true, payload: null };
    },
    giveUp: async () => {},
    firstBackOff: 1,
    past,
  });
  ended = consumer.ended;
  return { seen, times, consumer, file };
}

describe('shards', () => {
  it('are read parents first, however they are listed', async () => {
    const { seen } = consume(
      aSource({
        grandchild: { parent: 'child', numbers: ['5'], closed: false },
        child: { parent: 'parent', numbers: ['3', '4'], closed: true },
        parent: { parent: 'trimmed', numbers: ['1', '2'], closed: true },
      }),
    );
    await vi.waitFor(() => expect(seen).toEqual(['1', '2', '3', '4', '5']));
  });

  it('that are done are not read again after a restart', async () => {
    const shards = {
      parent: { numbers: ['1'], closed: true },
      child: { parent: 'parent', numbers: ['2'], closed: false },
    };
    const first = consume(aSource(shards));
    await vi.waitFor(() => expect(first.seen).toEqual(['1', '2']));
    signal.stop();
    await ended;
    const again = consume(
      aSource({ ...shards, child: { ...shards.child, numbers: ['2', '3'] } }),
      first.file,
    );
    await vi.waitFor(() => expect(again.seen).toEqual(['3']));
  });

  it('are read on after trouble, which the status tells', async () => {
    vi.useFakeTimers();
    try {
      const { seen, consumer } = consume(
        aSource({ only: { numbers: ['1'], closed: false } }, new Error('engine gone')),
      );
      await vi.waitFor(() => expect(consumer.status().lastError).toBe('engine gone'));
      await vi.advanceTimersByTimeAsync(1000);
      expect(seen).toEqual(['1']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tell the time as AWS does, whose clock doesn’t go back: not after a restart either', async () => {
    const clockSetBack = (numbers: readonly string[]): StreamSource => {
      const source = aSource({ only: { numbers, closed: false } });
      const open: StreamSource['open'] = (shard, after) => ({
        next: async (limit) => {
          const { records, closed } = await source.open(shard, after).next(limit);
          const dated = records.map((record, index) => ({
            ...record,
            dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: 2000 - index },
          }));
          after = records.at(-1)?.dynamodb.SequenceNumber ?? after;
          return { records: dated, closed };
        },
      });
      return { ...source, open };
    };
    const first = consume(clockSetBack(['1', '2', '3']));
    await vi.waitFor(() => expect(first.times).toEqual([2000, 2000, 2000]));
    signal.stop();
    await ended;
    const again = consume(aSource({ only: { numbers: ['1', '2', '3', '4'], closed: false } }), first.file);
    await vi.waitFor(() => expect(again.times).toEqual([2000]));
  });

  it('tell of the example data the time that its items tell, and of nothing that comes later', async () => {
    const source = aSource({ only: { numbers: ['1', '2'], closed: false } });
    const NewImage = { updatedAt: { S: '2026-01-02T03:04:05.678Z' } };
    const open: StreamSource['open'] = (shard, after) => {
      const reader = source.open(shard, after);
      return {
        async next(limit) {
          const { records, closed } = await reader.next(limit);
          const written = records.map((record) => ({
            ...record,
            dynamodb: { ...record.dynamodb, NewImage },
          }));
          return { records: written, closed };
        },
      };
    };
    const { times } = consume({ ...source, open }, undefined, { only: '1' });
    await vi.waitFor(() => expect(times).toEqual([Date.parse('2026-01-02T03:04:05.000Z') / 1000, 1002]));
  });
});
