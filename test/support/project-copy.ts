import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { throwawayDirectory } from './throwaway-directory.ts';

const sources = ['domain', 'events', 'functions', 'infra', 'web'];
const settings = ['.gitignore', 'cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Directories that a copy creates empty. */
const made = [join('web', 'dist'), join('test', 'artifacts')];

/** A copy of the project whose files a test may change. */
export interface ProjectCopy {
  readonly directory: string;
  /**
   * Replaces a string in the only file below a folder that contains it.
   * @returns its path from the project's root
   * @throws if no file contains it, or more than one
   */
  rewrite(folder: string, words: string, others: string): string;
  remove(): void;
}

/** Copies the product's sources. Packages are shared with the project; the build cache isn't. */
export function copyProject(more: readonly string[] = []): ProjectCopy {
  const directory = mkdtempSync(join(throwawayDirectory(), 'mtcms-project-'));
  for (const path of [...sources, ...settings, ...more])
    cpSync(path, join(directory, path), {
      recursive: true,
      filter: (source) => !made.includes(source),
    });
  const packages = join(directory, 'node_modules');
  mkdirSync(packages);
  for (const name of readdirSync('node_modules'))
    if (name !== '.cache') symlinkSync(resolve('node_modules', name), join(packages, name));
  return {
    directory,
    rewrite(folder, words, others) {
      const having = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: directory }).filter((path) =>
        readFileSync(join(directory, path), 'utf8').includes(words),
      );
      const [path, ...rest] = having;
      if (path === undefined || rest.length > 0)
        throw new Error(`"${words}" is in ${having.length} files of ${folder}, not in one`);
      const file = join(directory, path);
      writeFileSync(file, readFileSync(file, 'utf8').replace(words, others));
      return path;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
