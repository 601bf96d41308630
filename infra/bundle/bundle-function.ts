import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import * as z from 'zod';
import { electrodbModule } from './electrodb-module.ts';

const cache = join(import.meta.dirname, '../../node_modules/.cache/mtcms/start-chunks');
const names = z.array(z.string());

/**
 * Merges the files that a bundle loads at startup, in place. Returns the names of the files that are loaded
 * later. esbuild writes a file for each set of modules shared by the same dynamic imports: thirty files,
 * each of which costs a cold start a third of a millisecond. Results are cached by the bundle's content.
 */
function mergeStart(directory: string, start: readonly string[]): string[] {
  const kept = join(cache, digestOf(directory));
  if (!existsSync(kept)) merge(directory, start, kept);
  rmSync(directory, { recursive: true });
  cpSync(join(kept, 'bundle'), directory, { recursive: true });
  return names.parse(JSON.parse(readFileSync(join(kept, 'loaded.json'), 'utf8')));
}

function merge(directory: string, start: readonly string[], kept: string): void {
  // Another process may merge the same bundle, so the cache entry is created atomically.
  const draft = `${kept}.${process.pid}`;
  const script = [
    join(import.meta.dirname, 'merge-start.ts'),
    '--from',
    directory,
    '--to',
    join(draft, 'bundle'),
  ];
  const loaded = execFileSync(process.execPath, [...script, ...start], { encoding: 'utf8' });
  writeFileSync(join(draft, 'loaded.json'), loaded);
  try {
    renameSync(draft, kept);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
}

function digestOf(directory: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(directory).toSorted())
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(directory, name)))
      .update('\0');
  return hash.digest('hex');
}

const root = join(import.meta.dirname, '../..');

// Awaited here, because constructs are synchronous.
const electrodb = await electrodbModule();

/** Entry files of the functions, below `functions/` and without extension. Each exports `handler`. */
export type FunctionEntry =
  | 'http/admin'
  | 'http/organization'
  | 'http/support'
  | 'http/machines'
  | 'http/webhooks'
  | 'origin/origin-authorizer'
  | 'origin/origin-rotation'
  | 'approvals/approvals'
  | 'clerk/gateway'
  | 'departures/erasures'
  | 'departures/exports'
  | 'departures/removals'
  | 'machines/key-broker'
  | 'machines/webhook-sender'
  | 'streams/audit-writer'
  | 'streams/event-publisher'
  | 'streams/redrive'
  | 'schedules/canary'
  | 'schedules/usage'
  | 'schedules/invitations'
  | 'schedules/audit-checkpoints'
  | 'schedules/drift'
  | 'schedules/reminders';

/** A function's asset: a directory whose `index.mjs` exports `handler`. */
export interface FunctionBundle {
  readonly directory: string;
  /** esbuild's metafile; also written beside the directory, as `<directory>.meta.json`. */
  readonly metafile: Metafile;
  /** Size of all deployed JavaScript, without source maps. */
  readonly totalBytes: number;
  /** Size of what Node loads before the first request: `index.mjs` and the chunks it imports statically. */
  readonly startBytes: number;
}

/** Bundles a function of the product: see `bundleHandler`. */
export const bundleFunction = (entry: FunctionEntry, directory: string): FunctionBundle =>
  bundleHandler(`functions/${entry}.ts`, directory);

/** How a file that exports `handler` is bundled into a directory. */
export const bundleOptions = (file: string, directory: string) =>
  ({
    absWorkingDir: root,
    entryPoints: { index: file },
    outdir: directory,
    bundle: true,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    // Prefer ES modules: CommonJS can be neither tree-shaken nor split.
    mainFields: ['module', 'main'],
    alias: {
      electrodb,
      jsonschema: join(import.meta.dirname, 'jsonschema-stub.ts'),
    },
    // CommonJS packages call `require` for Node's own modules.
    banner: {
      js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
    },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  }) satisfies BuildOptions;

/**
 * Bundles a file that exports `handler` (a path from the project's root) with everything it imports, the AWS
 * SDK included, into a directory that it empties first. Dynamic imports become chunks. The output is
 * reproducible.
 */
export const bundleHandler = (file: string, directory: string): FunctionBundle => {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const { metafile } = buildSync(bundleOptions(file, directory));
  writeFileSync(`${directory}.meta.json`, JSON.stringify(metafile));
  const start = startFiles(metafile);
  const loaded = start.length > fewFiles ? mergeStart(directory, start) : start;
  return { directory, metafile, ...measure(directory, loaded) };
};

// The number of files of the AWS SDK alone; merging so few gains nothing.
const fewFiles = 12;

/**
 * Names of the files that Node loads before the first request: `index.mjs` and what it imports statically.
 */
function startFiles({ outputs }: Metafile): string[] {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const next of outputs[path]?.imports ?? [])
      if (next.kind === 'import-statement' && !next.external) load(next.path);
  };
  const entry = Object.keys(outputs).find((path) => path.endsWith('/index.mjs'));
  if (entry !== undefined) load(entry);
  return [...loaded].map((path) => basename(path));
}

function measure(directory: string, start: readonly string[]): { totalBytes: number; startBytes: number } {
  const size = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
  const scripts = readdirSync(directory).filter((name) => name.endsWith('.mjs'));
  return { totalBytes: size(scripts), startBytes: size(start) };
}
