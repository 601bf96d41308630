import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleOptions } from '../../infra/bundle/bundle-function.ts';
import { cache, fingerprint } from '../../infra/local/assembly/synthesize.ts';

const root = join(import.meta.dirname, '../..');
const inputs = [
  '{domain,functions}/**/*.ts',
  'infra/bundle/**/*.ts',
  'test/isolation/**/*.ts',
  'package-lock.json',
];

/** The layers that the harness switches off by replacing a product file in the bundle. */
const replacements = {
  code: { 'functions/http/steps/open-session.ts': 'test/isolation/switched-off/open-session.ts' },
  guard: { 'domain/table/guard.ts': 'test/isolation/switched-off/guard.ts' },
} as const;
export type ReplaceableLayer = keyof typeof replacements;

/** Replaces files in a bundle; fails if one of them isn't imported. */
function replacing(files: Readonly<Record<string, string>>): Plugin {
  const missing = new Set(Object.keys(files));
  return {
    name: 'switch-off',
    setup(bundler) {
      bundler.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir, kind }) => {
        if (kind === 'entry-point') return undefined;
        const file = join(resolveDir, path).slice(root.length + 1);
        const replacement = files[file];
        if (replacement === undefined) return undefined;
        missing.delete(file);
        return { path: join(root, replacement) };
      });
      bundler.onEnd(() =>
        missing.size === 0
          ? {}
          : { errors: [...missing].map((file) => ({ text: `${file} is not imported` })) },
      );
    },
  };
}

/**
 * The bundle of a function with layers switched off, made once for each state of the sources.
 * @returns its directory
 */
export async function bundleWithout(
  entry: 'http/organization' | 'http/support' | 'http/machines' | 'http/admin',
  off: readonly ReplaceableLayer[],
): Promise<string> {
  const name = ['isolation', fingerprint(inputs).slice(0, 16), entry.replace('/', '-'), ...off].join('-');
  const directory = join(cache, 'bundles', name);
  if (existsSync(directory)) return directory;
  const draft = `${directory}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const files = Object.assign({}, ...off.map((layer) => replacements[layer]));
  await build({ ...bundleOptions(`functions/${entry}.ts`, draft), plugins: [replacing(files)] });
  if (existsSync(directory)) rmSync(draft, { recursive: true });
  else renameSync(draft, directory);
  return directory;
}
