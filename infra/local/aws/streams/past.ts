import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { newestRecords } from './shard-order.ts';
import type { StreamSource } from './stream-source.ts';

const Past = z.record(z.string(), z.record(z.string(), z.string()));

const fileIn = (stateDirectory: string) => join(stateDirectory, 'streams', 'past.json');

/** Notes that all that is in the streams now was written as if in the past: the example data. */
export async function notePast(stateDirectory: string, sources: Iterable<StreamSource>): Promise<void> {
  const past: z.infer<typeof Past> = {};
  for (const source of sources) past[source.label] = await newestRecords(source);
  const file = fileIn(stateDirectory);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(past));
}

/** Up to which record of each shard of a stream the example data reach; undefined where there are none. */
export function readPast(
  stateDirectory: string,
  label: string,
): Readonly<Record<string, string>> | undefined {
  try {
    return Past.parse(JSON.parse(readFileSync(fileIn(stateDirectory), 'utf8')))[label];
  } catch {
    return undefined;
  }
}
