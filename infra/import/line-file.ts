import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** A file of JSON lines that is written as it grows. */
export interface LineFile {
  /** How many lines it has. */
  readonly count: number;
  write(value: unknown): Promise<void>;
  close(): Promise<void>;
}

/** Creates the file, for its owner's eyes: what an export holds is about people. Without a path nothing is written. */
export function lineFile(path: string | undefined): LineFile {
  const stream = path === undefined ? undefined : createWriteStream(path, { mode: 0o600 });
  let count = 0;
  return {
    get count() {
      return count;
    },
    async write(value) {
      count += 1;
      if (stream !== undefined && !stream.write(`${JSON.stringify(value)}\n`)) await once(stream, 'drain');
    },
    async close() {
      if (stream === undefined) return;
      stream.end();
      await finished(stream);
    },
  };
}
