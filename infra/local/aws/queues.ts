import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const queued = z.object({
  at: z.string(),
  body: z.unknown(),
  /** Why it is here. */
  problem: z.string(),
});

/** A message in a dead-letter queue. */
export interface DeadLetter extends z.infer<typeof queued> {
  readonly queue: string;
}

/** Dead-letter queues with what couldn't be delivered, one file per queue. */
export interface Queues {
  send(queueArn: string, letter: Omit<DeadLetter, 'queue' | 'at'>): void;
  /** Oldest first. */
  letters(): DeadLetter[];
}

/** Opens the queues stored in a folder. A line truncated by a kill is skipped. */
export function openQueues(folder: string): Queues {
  mkdirSync(folder, { recursive: true });
  return {
    send(queueArn, letter) {
      const line = JSON.stringify({ at: new Date().toISOString(), ...letter });
      appendFileSync(join(folder, `${queueArn.split(':').at(-1)}.jsonl`), `${line}\n`);
    },
    letters: () =>
      readdirSync(folder)
        .flatMap((file) =>
          linesOf(join(folder, file)).map((letter) => ({ ...letter, queue: file.replace('.jsonl', '') })),
        )
        .sort((a, b) => a.at.localeCompare(b.at)),
  };
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [queued.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
