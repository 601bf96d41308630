import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import * as z from 'zod';
import type { TransformTemplate } from '../../infra/local/assembly/deployment.ts';
import { startTestProduct } from '../support/product.ts';
import { Answers } from './answers.ts';

/** Where the old code's state and its answers are kept. */
export const folder = import.meta.dirname;

/** What the old code answered. */
export const recorded = () =>
  Answers.parse(JSON.parse(brotliDecompressSync(readFileSync(join(folder, 'answers.json.br'))).toString()));

/** Puts the old state into a directory, as its run left it. Keys and secrets of the machine are made anew. */
function unpack(directory: string): void {
  mkdirSync(join(directory, 'clerk'), { recursive: true });
  for (const name of ['dynamodb.db', 'clerk/state.json']) {
    const packed = readFileSync(join(folder, `${name.replace('/', '-')}.br`));
    writeFileSync(join(directory, name), brotliDecompressSync(packed));
  }
  writeFileSync(join(directory, 'seed.done'), '');
}

const Lambda = z.looseObject({
  Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }),
});

/** Has every function see another time. */
const shifted =
  (milliseconds: number): TransformTemplate =>
  (template) => {
    const preload = pathToFileURL(join(folder, '../support/shifted-clock.ts')).href;
    const clock = {
      NODE_OPTIONS: `--import=${preload}`,
      MTCMS_TEST_CLOCK_SHIFT: String(milliseconds),
    };
    const resources = Object.entries(template.Resources).map(([id, resource]) => {
      const { data } = Lambda.safeParse(resource.Properties);
      if (resource.Type !== 'AWS::Lambda::Function' || data === undefined) return [id, resource] as const;
      const Environment = { ...data.Environment, Variables: { ...data.Environment.Variables, ...clock } };
      return [id, { ...resource, Properties: { ...resource.Properties, Environment } }] as const;
    });
    return { ...template, Resources: Object.fromEntries(resources) };
  };

/**
 * Starts the product on a copy of the state that the old code left.
 * @param shift how many milliseconds its functions' clock is ahead of the machine's
 * @param prepare what puts the state there; default: the one that is kept
 */
export const startOldProduct = (shift = 0, prepare: (directory: string) => void = unpack) =>
  startTestProduct({
    seed: false,
    webhooks: 'hold',
    prepare: async (directory) => prepare(directory),
    ...(shift === 0 ? {} : { transformTemplate: shifted(shift) }),
  });
