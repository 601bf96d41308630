/**
 * `npm run bundles`: builds every function and the web app as deployed, compares the size of what loads
 * first with its limit, and checks that the licence of each bundled package is permissive. Exits with 1 on
 * any violation.
 */
import type { FunctionEntry } from '../../infra/bundle/bundle-function.ts';
import { table } from '../runner/table.ts';
import { bundleOf } from '../support/function-bundles.ts';
import { refusedLicences } from './licences.ts';
import { functionLimits, webLimit } from './limits.ts';
import { measureFirstLoad } from './web.ts';

interface Measured {
  readonly name: string;
  readonly bytes: number;
  readonly limit: number;
  readonly modules: readonly string[];
}

const measureFunction = (entry: FunctionEntry, limit: number): Measured => {
  const { startBytes, metafile } = bundleOf(entry);
  return { name: entry, bytes: startBytes, limit, modules: Object.keys(metafile.inputs) };
};

const { gzippedBytes, fontBytes, modules } = await measureFirstLoad(webLimit.needed);
const measured: readonly Measured[] = [
  ...functionLimits.map(({ entry, kilobytes }) => measureFunction(entry, kilobytes)),
  { name: 'web first load, gzipped', bytes: gzippedBytes, limit: webLimit.kilobytes, modules },
  { name: 'web font', bytes: fontBytes, limit: webLimit.fontKilobytes, modules: [] },
];

console.log(
  table([
    ['', 'KB', 'limit'],
    ...measured.map(({ name, bytes, limit }) => [name, (bytes / 1000).toFixed(1), String(limit)]),
  ]),
);
const over = measured.filter(({ bytes, limit }) => bytes > limit * 1000).map(({ name }) => name);
const refused = refusedLicences(measured.flatMap(({ modules: inside }) => inside));
if (over.length > 0) console.error(`Over the limit: ${over.join(', ')}.`);
if (refused.length > 0) console.error(`Not under a permissive licence:\n${refused.join('\n')}`);
process.exitCode = over.length + refused.length > 0 ? 1 : 0;
