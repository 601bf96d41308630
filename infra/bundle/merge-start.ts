import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { rollup } from 'rollup';

/**
 * Run by `start-chunk.ts` in a process of its own, because a construct can't wait: puts the files that a
 * bundle loads at its start into one. `--from` and `--to` are directories; the rest names the files. Prints
 * the names of what is loaded at the start then.
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
  // All that can be shaken off is gone already, but for some kilobytes whose search takes longer than all the
  // rest.
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
