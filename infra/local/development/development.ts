import { globSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BuildContext, context } from 'esbuild';
import type { ViteDevServer } from 'vite';
import { cache } from '../assembly/synthesize.ts';
import { LocalProblem } from '../problem.ts';

/**
 * The web app's sources, served by Vite: a browser that shows a page shows its change as soon as it is saved.
 */
interface Pages {
  /** Handles a request. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/**
 * @param server the server that Vite's connection to the browser uses
 * @param onChange called with the path, relative to the project's root, of each file that is saved, created
 * or deleted
 */
async function servePages(server: Server, onChange: (path: string) => void): Promise<Pages> {
  const { createServer } = await import('vite');
  const sources = ['domain', 'events', 'functions'].map((folder) => join(root, folder));
  const vite: ViteDevServer = await createServer({
    root: join(root, 'web'),
    configFile: join(root, 'web/vite.config.ts'),
    cacheDir: join(cache, 'vite'),
    logLevel: 'warn',
    clearScreen: false,
    server: {
      middlewareMode: { server },
      ws: { server },
      fs: { allow: [join(root, 'web'), ...sources, dirname(realpathSync(join(root, 'node_modules/vite')))] },
      warmup: { clientFiles: ['main.tsx', 'app/**/*.tsx'] },
    },
  });
  vite.watcher.add(sources);
  vite.watcher.on('all', (_event, path) => onChange(relative(root, path)));
  return {
    // Vite restarts when its configuration changes, with new middlewares.
    handle: (request, response) => vite.middlewares(request, response),
    close: () => vite.close(),
  };
}

const root = join(import.meta.dirname, '../../..');

/** An editor may write a file in several steps. */
const settleMilliseconds = 30;

/** The functions' code, always that of the sources as they are. */
interface LiveFunctions {
  /**
   * Directory of a function's code, once built. If its sources don't compile, that of the last successful
   * build.
   * @throws LocalProblem if no build has succeeded yet
   */
  codeOf(title: string): Promise<string>;
  /** A file of the project has changed; `path` is from its root. */
  changed(path: string): void;
  stop(): Promise<void>;
}

interface LiveFunctionsOptions {
  /** The output directory of the code. */
  readonly folder: string;
  readonly say: (message: string) => void;
}

/** Builds each function on first use, and again after one of its source files has changed. */
function liveFunctions({ folder, say }: LiveFunctionsOptions): LiveFunctions {
  const functions = new Map<string, ReturnType<typeof liveFunction>>();
  return {
    codeOf(title) {
      const known = functions.get(title) ?? liveFunction(title, { folder: join(folder, title), say });
      functions.set(title, known);
      return known.code();
    },
    changed(path) {
      for (const one of functions.values()) one.changed(path);
    },
    async stop() {
      await Promise.all([...functions.values()].map((one) => one.stop()));
    },
  };
}

function liveFunction(title: string, { folder, say }: LiveFunctionsOptions) {
  let builds = 0;
  let changes = new Set<string>();
  let inputs: ReadonlySet<string> | undefined;
  let directory: string | undefined;
  let builder: Promise<BuildContext> | undefined;
  let building: Promise<void> | undefined;

  // The error may be in a file that isn't known yet, so any change may fix it.
  const concerns = (path: string) => inputs === undefined || inputs.has(path);

  async function build(): Promise<void> {
    builder ??= bundler(title, join(folder, 'build'));
    const { rebuild } = await builder;
    let during: ReadonlySet<string>;
    do {
      if (builds > 0) say(`rebuilding ${title}`);
      await delay(settleMilliseconds);
      during = changes = new Set();
      const result = await rebuild().catch(() => undefined);
      inputs = result && new Set(Object.keys(result.metafile?.inputs ?? {}));
      if (result === undefined) continue;
      builds += 1;
      // At the same depth as the final folder, since source maps use relative paths.
      directory = join(folder, String(builds));
      mkdirSync(directory, { recursive: true });
      for (const { path, contents } of result.outputFiles ?? [])
        writeFileSync(join(directory, basename(path)), contents);
    } while ([...during].some(concerns));
  }
  const bring = (): Promise<void> => {
    building ??= build().finally(() => {
      building = undefined;
    });
    return building;
  };
  return {
    async code() {
      if (directory === undefined || building !== undefined) await bring();
      if (directory === undefined) throw new LocalProblem(`${title} can't be built; its errors stand above.`);
      return directory;
    },
    changed(path: string) {
      if (building !== undefined) changes.add(path);
      else if (concerns(path)) bring().catch((error: unknown) => say(String(error)));
    },
    async stop() {
      await (await builder)?.dispose();
    },
  };
}

/** A function is named after the last part of its entry's name. */
async function bundler(title: string, outdir: string): Promise<BuildContext> {
  const [entry, ...more] = globSync(`functions/*/${title}.ts`, { cwd: root });
  if (entry === undefined || more.length > 0)
    throw new LocalProblem(`functions/*/${title}.ts must be one file, the entry of the function ${title}.`);
  // Its own start takes a while: it makes ElectroDB an ES module.
  const { bundleOptions } = await import('../../bundle/bundle-function.ts');
  return await context({ ...bundleOptions(entry, outdir), minify: false, write: false });
}

/** Replaces the built functions and the built site while `npm run dev` runs. */
export interface Development extends Pick<Pages, 'handle'> {
  /** Directory of a function's code as its sources are now. */
  codeOf(title: string): Promise<string>;
  stop(): Promise<void>;
}

interface DevelopmentOptions {
  /** The assembly to run; the functions' code is written below it. */
  readonly assembly: string;
  readonly server: Server;
  readonly say: (message: string) => void;
}

export async function startDevelopment({ assembly, server, say }: DevelopmentOptions): Promise<Development> {
  const functions = liveFunctions({ folder: join(assembly, 'functions'), say });
  const pages = await servePages(server, functions.changed);
  return {
    codeOf: functions.codeOf,
    handle: pages.handle,
    async stop() {
      await pages.close();
      await functions.stop();
    },
  };
}
