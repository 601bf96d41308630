import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';

/** `npm run dev`: runs the product, and runs it anew after each change of the source. The data stays. */
const root = join(import.meta.dirname, '../..');
const folders = ['domain', 'events', 'functions', 'infra', 'web'];
const quietMilliseconds = 300;

const start = (): ChildProcess =>
  spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], { stdio: 'inherit' });

let running = start();
let timer: NodeJS.Timeout | undefined;
let restarting: Promise<void> = Promise.resolve();

async function restart(): Promise<void> {
  if (running.exitCode === null) {
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }
  running = start();
}

for (const folder of folders)
  watch(join(root, folder), { recursive: true }, (_event, file) => {
    // The build writes web/dist itself.
    if (folder === 'web' && file?.startsWith('dist')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      restarting = restarting.then(restart);
    }, quietMilliseconds);
  });

// Ctrl-C reaches the product too, as it is in the same terminal: wait for it, then end.
process.once('SIGINT', () => void once(running, 'exit').then(() => process.exit(0)));
