import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { rollup } from 'rollup';

/**
 * Merges the files that a bundle loads at its start. `bundle-function.ts` runs this script in its own
 * process, because Rollup is asynchronous and constructs aren't. `--from` and `--to` are directories, the
 * other arguments the files' names. Prints the names of the files that are loaded at the start afterwards.
 */
const { values, positionals } = parseArgs({
  options: { from: { type: 'string', default: '' }, to: { type: 'string', default: '' } },
  allowPositionals: true,
});
const start = new Set(positionals);

const bundle = await rollup({
  input: { index: join(values.from, 'index.mjs') },
  external: (id) => id.startsWith('node:') || /^[a-z_]+(\/[a-z_]+)?$/.test(id),
  plugins: [
    {
      name: 'source-maps',
      load: (id) => ({ code: readFileSync(id, 'utf8'), map: readFileSync(`${id}.map`, 'utf8') }),
    },
  ],
  // esbuild has shaken the tree already. What is left isn't worth the time of a second search.
  treeshake: false,
  onwarn: ({ message }) => {
    throw new Error(message);
  },
});
const { output } = await bundle.write({
  dir: values.to,
  format: 'esm',
  sourcemap: true,
  sourcemapExcludeSources: true,
  compact: true,
  generatedCode: 'es2015',
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name]-[hash].mjs',
  manualChunks: (id) => (start.has(basename(id)) ? 'start' : undefined),
});

const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
const loaded = new Set<string>();
const load = (name: string): void => {
  if (loaded.has(name)) return;
  loaded.add(name);
  for (const next of chunks.get(name)?.imports ?? []) if (chunks.has(next)) load(next);
};
load('index.mjs');
console.log(JSON.stringify([...loaded]));
