import { realpathSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { dirname, join, relative } from 'node:path';
import type { ViteDevServer } from 'vite';
import { cache } from '../assembly/synthesize.ts';

const root = join(import.meta.dirname, '../../..');

/**
 * The web app's sources, served by Vite: a browser that shows a page shows its change as soon as it is saved.
 */
export interface Pages {
  /** Answers by itself. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/**
 * @param server the server that Vite's own connection to the browser is made over
 * @param onChange told each file of the project that is saved, made or removed, by its path from the
 * project's root
 */
export async function servePages(server: Server, onChange: (path: string) => void): Promise<Pages> {
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
    // Vite begins anew when its configuration is changed: its middlewares are others then.
    handle: (request, response) => vite.middlewares(request, response),
    close: () => vite.close(),
  };
}
