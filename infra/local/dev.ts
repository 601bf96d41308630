import { spawn } from 'node:child_process';
import { globSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { developmentFolder, importedBy, synthesizeTemplate } from './development/template.ts';
import { LocalProblem } from './problem.ts';
import { supervise } from './supervisor.ts';

/**
 * `npm run dev`: runs the product from its sources. A saved page shows at once, and a saved handler serves
 * the next request, without a restart (`development/`). A change of the template or of the runner itself
 * restarts the product, which keeps its data and sessions. `-- --inspect`: a debugger can attach to port
 * 9229.
 */
const root = join(import.meta.dirname, '../..');
const quietMilliseconds = 200;
// The rows of the route table are loaded resource by resource, so that no import statement names them.
const app = () => [
  'infra/local/development/synthesize.ts',
  ...globSync('functions/http/*/*routes.ts', { cwd: root }),
];
const runner = [
  'infra/local/start.ts',
  'infra/local/development/development.ts',
  'infra/local/lambda/runtime.ts',
];
const inspect = process.argv.slice(2).filter((option) => option.startsWith('--inspect'));

const say = (error: unknown) => console.error(error instanceof LocalProblem ? error.message : error);
const folder = developmentFolder();
let template = await synthesizeTemplate(folder).catch((error: unknown) => {
  say(error);
  return process.exit(1);
});
let [appFiles, runnerFiles] = [await importedBy(app()), await importedBy(runner)];

const product = supervise(() =>
  spawn(process.execPath, [...inspect, join(root, 'infra/local/start.ts'), '--assembly', template.assembly], {
    // The channel tells the product when this process has ended, for whatever reason.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  }),
);

/** Restarts the product if its template or runner has changed. */
async function follow(changed: ReadonlySet<string>): Promise<void> {
  const ofRunner = !changed.isDisjointFrom(runnerFiles);
  if (!ofRunner && changed.isDisjointFrom(appFiles)) return;
  const next = await synthesizeTemplate(folder);
  [appFiles, runnerFiles] = [await importedBy(app()), await importedBy(runner)];
  if (!ofRunner && next.content === template.content) {
    rmSync(next.assembly, { recursive: true });
    return;
  }
  template = next;
  console.log(`  ${ofRunner ? 'the runner' : 'the template'} has changed, restarting …`);
  await product.restart();
}

let changed = new Set<string>();
let timer: NodeJS.Timeout | undefined;
let turn = Promise.resolve();
const note = (path: string): void => {
  changed.add(path);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const now = changed;
    changed = new Set();
    turn = turn.then(() => follow(now)).catch(say);
  }, quietMilliseconds);
};
for (const source of ['domain', 'events', 'functions', 'infra'])
  watch(join(root, source), { recursive: true }, (_event, file) => note(`${source}/${file}`));
watch(join(root, 'cdk.json'), () => note('cdk.json'));

// Ctrl-C reaches the product too, as it is in the same terminal; the others reach this process only.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () =>
    product.stop().then(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    }),
  );
