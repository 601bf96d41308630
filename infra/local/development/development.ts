import type { Server } from 'node:http';
import { join } from 'node:path';
import { liveFunctions } from './functions.ts';
import { type Pages, servePages } from './pages.ts';

/** What stands in place of the built functions and the built site while `npm run dev` runs. */
export interface Development extends Pick<Pages, 'handle'> {
  /** Directory of a function's code as its sources are now. */
  codeOf(title: string): Promise<string>;
  stop(): Promise<void>;
}

interface DevelopmentOptions {
  /** The assembly that is run; the code of its functions is written below it. */
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
