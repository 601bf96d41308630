import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build, type Metafile } from 'esbuild';
import { cache } from './assembly/synthesize.ts';
import { startOf } from './aws/engine/ownership.ts';
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

/** What `npm run dev` runs from, and its source files (paths from the project's root). */
interface DevelopmentTemplate {
  /** The directory of its cloud assembly. */
  readonly assembly: string;
  /** Its templates as one string, equal if nothing that is deployed has changed. */
  readonly content: string;
}

/** The directory for the assemblies of this `npm run dev`. Removes those of killed runs. */
function developmentFolder(): string {
  const folder = join(cache, 'development');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (startOf(Number.parseInt(name, 10)) === undefined)
      rmSync(join(folder, name), { recursive: true, force: true });
  return mkdtempSync(join(folder, `${process.pid}-`));
}

/**
 * Synthesizes stage `local` from the current sources, without bundling.
 * @throws LocalProblem with the CDK app's output if it fails
 */
async function synthesizeTemplate(folder: string): Promise<DevelopmentTemplate> {
  const assembly = mkdtempSync(join(folder, 'assembly-'));
  const child = spawn(process.execPath, [join(root, 'infra/local/development/synthesize.ts'), assembly], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (code !== 0) {
    rmSync(assembly, { recursive: true, force: true });
    throw new LocalProblem(`Synthesizing failed:\n${said.trim()}`);
  }
  const templates = globSync('*.template.json', { cwd: assembly }).sort();
  return {
    assembly,
    content: templates.map((name) => readFileSync(join(assembly, name), 'utf8')).join('\n'),
  };
}

/**
 * The project's files that these entry files import, including themselves; paths from the project's root.
 * @throws if one of them can't be parsed or imports a missing file
 */
async function importedBy(entryPoints: readonly string[]): Promise<ReadonlySet<string>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir: 'unwritten',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return staticClosure(metafile, entryPoints);
}

/** What is loaded at the start; later `import()` calls, such as the seed, aren't included. */
function staticClosure({ inputs }: Metafile, entryPoints: readonly string[]): ReadonlySet<string> {
  const closure = new Set<string>();
  const visit = (path: string): void => {
    if (closure.has(path)) return;
    closure.add(path);
    for (const { path: next, kind, external } of inputs[path]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) visit(next);
  };
  entryPoints.forEach(visit);
  return closure;
}

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
