import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { permissiveLicences } from './limits.ts';

const Manifest = z.object({ license: z.string().optional() });

/**
 * The package that a bundled module belongs to, as a path from the project's root; undefined for our own
 * modules.
 */
export const packageOf = (module: string): string | undefined =>
  /^(?:.*?\/)??(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1];

/** Whether an SPDX expression leaves a permissive choice: one side of each `OR`, all sides of an `AND`. */
export const isPermissive = (expression: string): boolean => {
  const words = expression.replaceAll(/[()]/g, '').split(' OR ');
  return words.some((choice) =>
    choice.split(' AND ').every((name) => permissiveLicences.some((licence) => licence === name.trim())),
  );
};

/** `package: licence` of each bundled package without a known permissive licence. */
export const refusedLicences = (modules: Iterable<string>): string[] => {
  const packages = new Set([...modules].flatMap((module) => packageOf(module) ?? []));
  return [...packages]
    .map((path) => {
      const { license } = Manifest.parse(JSON.parse(readFileSync(`${path}/package.json`, 'utf8')));
      return { path, license: license ?? 'none named' };
    })
    .filter(({ license }) => !isPermissive(license))
    .map(({ path, license }) => `${path}: ${license}`);
};
