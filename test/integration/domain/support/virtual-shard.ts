import type { FunctionOutcome, Mapping } from '../../../../infra/local/aws/resources.ts';
import { deliver, type GivenUp } from '../../../../infra/local/aws/streams/deliver.ts';
import type { ChangeRecord } from './changes.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A clock that only moves when code waits, in epoch milliseconds. */
export interface VirtualClock {
  now(): number;
  pass(milliseconds: number): void;
}

export function virtualClock(start: number): VirtualClock {
  let now = start;
  return {
    now: () => now,
    pass(milliseconds) {
      now += milliseconds;
    },
  };
}

interface VirtualShard {
  /** In the order of their times. */
  readonly records: readonly ChangeRecord[];
  readonly clock: VirtualClock;
  readonly mapping: Mapping;
  readonly invoke: (records: readonly ChangeRecord[]) => Promise<FunctionOutcome>;
  readonly giveUp: (given: GivenUp) => Promise<void>;
}

const writtenAt = ({ dynamodb }: ChangeRecord): number => dynamodb.ApproximateCreationDateTime * 1000;

/**
 * Delivers the records of a shard as Lambda does, on a virtual clock: each is available from its time on
 * and, as in DynamoDB's streams, for 24 hours. Returns how many expired before they were read.
 */
export async function runShard({ records, clock, mapping, invoke, giveUp }: VirtualShard): Promise<number> {
  let [position, trimmed] = [0, 0];
  while (position < records.length) {
    const left = records.slice(position);
    const gone = left.findIndex((record) => writtenAt(record) >= clock.now() - day);
    const first = gone === -1 ? left.length : gone;
    trimmed += first;
    const due = left.slice(first).filter((record) => writtenAt(record) <= clock.now());
    const batch = due.slice(0, mapping.batchSize);
    position += first + batch.length;
    if (batch.length === 0) {
      clock.pass(minute);
      continue;
    }
    await deliver(batch, {
      mapping,
      invoke: (part) => invoke(batch.filter((record) => part.includes(record))),
      giveUp,
      checkpoint: () => undefined,
      async backOff() {
        clock.pass(minute);
        return true;
      },
      now: () => clock.now() / 1000,
    });
  }
  return trimmed;
}
