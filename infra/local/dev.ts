import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { supervise } from './supervisor.ts';

/** `npm run dev`: runs the product, and runs it anew after each change of the source. The data stays. */
const root = join(import.meta.dirname, '../..');
const folders = ['domain', 'events', 'functions', 'infra', 'web'];
const quietMilliseconds = 300;

const product = supervise(() =>
  spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], { stdio: 'inherit' }),
);
let timer: NodeJS.Timeout | undefined;

for (const folder of folders)
  watch(join(root, folder), { recursive: true }, (_event, file) => {
    // The build writes web/dist itself.
    if (folder === 'web' && file?.startsWith('dist')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void product.restart(), quietMilliseconds);
  });

// Ctrl-C reaches the product too, as it is in the same terminal; the others reach this process only.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void product.stop().then(() => process.exit(0)));
