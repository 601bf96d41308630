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

/** What `npm run dev` runs from, and the files that it is made of (paths from the project's root). */
export interface DevelopmentTemplate {
  /** The directory of its cloud assembly. */
  readonly assembly: string;
  /** Its templates as one text: equal when nothing that is deployed has changed. */
  readonly content: string;
}

/** Where the assemblies of this run of `npm run dev` go. Removes those of runs that were killed. */
export function developmentFolder(): string {
  const folder = join(cache, 'development');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (startOf(Number.parseInt(name, 10)) === undefined)
      rmSync(join(folder, name), { recursive: true, force: true });
  return mkdtempSync(join(folder, `${process.pid}-`));
}

/**
 * Synthesizes stage `local` of the sources as they are, without bundling anything.
 * @throws LocalProblem with what the CDK app says when it fails
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
 * The project's files that these entry files import, themselves included; paths from the project's root.
 * @throws when one of them can't be parsed or imports what isn't there
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

/** What is loaded at the start; what an `import()` brings later, such as the seed, is not part of it. */
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
