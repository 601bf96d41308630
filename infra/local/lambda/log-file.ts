import { appendFile } from 'node:fs';
import { Writable } from 'node:stream';

/**
 * A file that log lines are added to. What can't be written is lost, and said once until it can again: a full
 * disk must not end the product, whose data may yet be read.
 */
export function logFile(file: string, onProblem: (message: string) => void): Writable {
  let failing = false;
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      appendFile(file, chunk, (error) => {
        if (error !== null && !failing) onProblem(`The log ${file} can't be written: ${error.message}`);
        failing = error !== null;
        done();
      });
    },
  });
}
