import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build, type Metafile } from 'esbuild';
import { cache } from '../assembly/synthesize.ts';
import { startOf } from '../aws/engine/ownership.ts';
import { LocalProblem } from '../problem.ts';

const root = join(import.meta.dirname, '../../..');

/** What `npm run dev` runs from, and its source files (paths from the project's root). */
export interface DevelopmentTemplate {
  /** The directory of its cloud assembly. */
  readonly assembly: string;
  /** Its templates as one string, equal if nothing that is deployed has changed. */
  readonly content: string;
}

/** The directory for the assemblies of this `npm run dev`. Removes those of killed runs. */
export function developmentFolder(): string {
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
export async function synthesizeTemplate(folder: string): Promise<DevelopmentTemplate> {
  const assembly = mkdtempSync(join(folder, 'assembly-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'synthesize.ts'), assembly], {
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
export async function importedBy(entryPoints: readonly string[]): Promise<ReadonlySet<string>> {
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
