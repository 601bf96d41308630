import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Where the engine is looked for. All of it is replaceable so that a machine without the engine can be tested. */
export interface EngineSearch {
  readonly platform: string;
  readonly architecture: string;
  readonly path: string;
  /** Resolves a file of an installed package, or throws. */
  readonly resolve: (file: string) => string;
}

export const thisMachine = (): EngineSearch => ({
  platform: process.platform,
  architecture: process.arch,
  path: process.env.PATH ?? '',
  resolve: createRequire(import.meta.url).resolve,
});

/** Dynoxide's executable: the npm package of this platform, else one on the PATH, else undefined. */
export function findEngine(search: EngineSearch): string | undefined {
  const file = search.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  return [fromPackage(search, file), ...fromPath(search, file)].find(isExecutable);
}

function fromPackage(search: EngineSearch, file: string): string | undefined {
  try {
    const manifest = search.resolve(`@dynoxide/${search.platform}-${search.architecture}/package.json`);
    return join(dirname(manifest), file);
  } catch {
    return undefined;
  }
}

const fromPath = (search: EngineSearch, file: string) =>
  search.path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, file));

function isExecutable(file: string | undefined): file is string {
  if (file === undefined) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
