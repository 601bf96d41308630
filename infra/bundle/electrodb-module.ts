import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { RollupCommonJSOptions } from '@rollup/plugin-commonjs';
import commonjs from '@rollup/plugin-commonjs';
import { type Plugin, rollup } from 'rollup';

const root = join(import.meta.dirname, '../..');
const manifestPath = createRequire(import.meta.url).resolve('electrodb/package.json');
const sources = join(dirname(manifestPath), 'src');

/** What the product imports of ElectroDB, and the SDK commands that ElectroDB needs. */
const entry = `
  export { Entity } from '${sources}/entity.js';
  export { CustomAttributeType } from '${sources}/schema.js';
  export { createConversions } from '${sources}/conversions.js';
`;
const commands = `
  export {
    BatchGetCommand, BatchWriteCommand, DeleteCommand, GetCommand, PutCommand,
    QueryCommand, TransactGetCommand, TransactWriteCommand, UpdateCommand,
  } from '@aws-sdk/lib-dynamodb';
`;

const modules = new Map([
  ['entry', entry],
  ['commands', commands],
]);
const ours = '\0';

// The package's types describe its CommonJS build, whose default export is nested.
const isFactory = (value: unknown): value is (options: RollupCommonJSOptions) => Plugin =>
  typeof value === 'function';

const substitutes: Plugin = {
  name: 'substitutes',
  resolveId: (id, importer) => {
    if (id === 'entry') return `${ours}entry`;
    return id === '@aws-sdk/lib-dynamodb' && !importer?.startsWith(ours) ? `${ours}commands` : null;
  },
  load: (id) => (id.startsWith(ours) ? (modules.get(id.slice(ours.length)) ?? null) : null),
};

/**
 * Writes ElectroDB as one ES module to the cache and returns its path. It is published as CommonJS, which a
 * bundler wraps in functions, together with the whole SDK that they require:
 * docs/decisions/0010-electrodb-is-bundled-as-an-es-module.md.
 */
export const electrodbModule = async (): Promise<string> => {
  if (!isFactory(commonjs)) throw new Error('@rollup/plugin-commonjs exports no plugin');
  const bundle = await rollup({
    input: 'entry',
    external: [/^@aws-sdk\//, 'jsonschema'],
    plugins: [
      substitutes,
      // ElectroDB's modules have no cycles, so they can share one scope.
      commonjs({ strictRequires: false, esmExternals: true, requireReturnsDefault: 'namespace' }),
    ],
    onwarn: ({ message }) => {
      throw new Error(`ElectroDB can't be made an ES module: ${message}`);
    },
  });
  const { output } = await bundle.generate({ format: 'esm' });
  // A package with the original's manifest, whose licence `npm run bundles` reads.
  const folder = join(root, 'node_modules/.cache/mtcms/node_modules/electrodb');
  const path = join(folder, 'index.mjs');
  mkdirSync(folder, { recursive: true });
  copyFileSync(manifestPath, join(folder, 'package.json'));
  // Other processes may write the same file now, so it is replaced atomically.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, output[0].code);
  renameSync(draft, path);
  return path;
};
