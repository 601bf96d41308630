import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { preloading } from '../support/function-environment.ts';
import { startTestProduct } from '../support/product.ts';
import { Answers } from './answers.ts';

/** The directory of the old code's state and responses. */
export const folder = import.meta.dirname;

/** The old code's responses. */
export const recorded = () =>
  Answers.parse(JSON.parse(brotliDecompressSync(readFileSync(join(folder, 'answers.json.br'))).toString()));

/** Copies the old state into a directory. The machine's keys and secrets are created again. */
export function unpack(directory: string): void {
  mkdirSync(join(directory, 'clerk'), { recursive: true });
  for (const name of ['dynamodb.db', 'clerk/state.json']) {
    const packed = readFileSync(join(folder, `${name.replace('/', '-')}.br`));
    writeFileSync(join(directory, name), brotliDecompressSync(packed));
  }
  writeFileSync(join(directory, 'seed.done'), '');
}

const clock = join(folder, '../support/shifted-clock.ts');

/**
 * Starts the product on a copy of the old code's state.
 * @param shift how many milliseconds its functions' clock is ahead of the machine's
 * @param prepare creates the state; by default from the recorded one
 */
export const startOldProduct = (shift = 0, prepare: (directory: string) => void = unpack) =>
  startTestProduct({
    seed: false,
    webhooks: 'hold',
    prepare: async (directory) => prepare(directory),
    ...(shift === 0
      ? {}
      : { transformTemplate: preloading(clock, { MTCMS_TEST_CLOCK_SHIFT: String(shift) }) }),
  });
