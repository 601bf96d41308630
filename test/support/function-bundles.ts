import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import {
  bundleFunction,
  type FunctionBundle,
  type FunctionEntry,
} from '../../infra/bundle/bundle-function.ts';
import { cache, fingerprint } from '../../infra/local/assembly/synthesize.ts';

const bundles = join(cache, 'bundles');
const sources = ['infra/bundle/**/*.ts', '{domain,events,functions}/**/*.ts', 'package-lock.json'];

/** A bundle's metadata, stored next to it. The metafile is esbuild's. */
const Account = z.object({
  metafile: z.custom<FunctionBundle['metafile']>(),
  totalBytes: z.number(),
  startBytes: z.number(),
});

let folder: string | undefined;

/** The directory of the bundles of the current sources. Bundles older than an hour are deleted. */
function currentFolder(): string {
  mkdirSync(bundles, { recursive: true });
  for (const name of readdirSync(bundles))
    if (statSync(join(bundles, name)).mtimeMs < Date.now() - 3_600_000)
      rmSync(join(bundles, name), { recursive: true, force: true });
  return join(bundles, fingerprint(sources).slice(0, 16));
}

/** The bundle of a function, made once for each state of the sources: several steps of `npm test` use it. */
export function bundleOf(entry: FunctionEntry): FunctionBundle {
  folder ??= currentFolder();
  const directory = join(folder, entry);
  const account = `${directory}.account.json`;
  if (existsSync(account)) return { directory, ...Account.parse(JSON.parse(readFileSync(account, 'utf8'))) };
  const bundle = bundleFunction(entry, directory);
  const { metafile, totalBytes, startBytes } = bundle;
  writeFileSync(account, JSON.stringify({ metafile, totalBytes, startBytes }));
  return bundle;
}
