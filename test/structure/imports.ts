import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';

const Cruised = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(z.object({ resolved: z.string(), dynamic: z.boolean() })),
      dependents: z.array(z.string()),
    }),
  ),
});

/** A file of the product, the product files that it imports, and those that import it. */
export interface Imports {
  readonly path: string;
  readonly imports: readonly string[];
  readonly importers: readonly string[];
  /** Whether it is only loaded on demand, with `import()`, which requires a separate file. */
  readonly isOnDemand: boolean;
}

const own = /^(?:domain|events|functions|infra|web)\/.*\.tsx?$/;

/** The import graph, from dependency-cruiser. */
export function importsIn(directory: string): Imports[] {
  const parameters = ['domain', 'events', 'functions', 'infra', 'web', '--output-type', 'json'];
  const program = join(
    import.meta.dirname,
    '../../node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
  );
  const json = execFileSync(process.execPath, [program, ...parameters], {
    cwd: directory,
    maxBuffer: 2 ** 27,
  });
  const { modules } = Cruised.parse(JSON.parse(json.toString()));
  const all = modules.flatMap(({ dependencies }) => dependencies);
  const atStart = new Set(all.filter(({ dynamic }) => !dynamic).map(({ resolved }) => resolved));
  const onDemand = new Set(all.filter(({ dynamic }) => dynamic).map(({ resolved }) => resolved));
  return modules
    .filter(({ source }) => own.test(source))
    .map(({ source, dependencies, dependents }) => ({
      path: source,
      imports: dependencies.map(({ resolved }) => resolved).filter((path) => own.test(path)),
      importers: dependents.filter((path) => own.test(path)),
      isOnDemand: onDemand.has(source) && !atStart.has(source),
    }));
}

const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/').replace(/\.ts$/, '');

/**
 * Domain folders that import each other, each pair once, with the number of imports in the rarer direction.
 */
export function backwardArrows(all: readonly Imports[]): string[] {
  const arrows = new Map<string, number>();
  for (const { path, imports } of all)
    for (const target of imports) {
      const [from, to] = [folderOf(path), folderOf(target)];
      if (from === to || !from.startsWith('domain/') || !to.startsWith('domain/')) continue;
      arrows.set(`${from} ${to}`, (arrows.get(`${from} ${to}`) ?? 0) + 1);
    }
  return [...arrows].flatMap(([arrow, count]) => {
    const [from, to] = arrow.split(' ');
    const back = arrows.get(`${to} ${from}`);
    const isRarer = back !== undefined && (count < back || (count === back && String(from) < String(to)));
    return isRarer ? [`${from} -> ${to} (${count} of ${count + back})`] : [];
  });
}
