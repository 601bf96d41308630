import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  bundleFunction,
  type FunctionBundle,
  type FunctionEntry,
} from '../../infra/bundle/bundle-function.ts';
import { everySetting } from '../bundles/settings.ts';
import { bundleOf } from '../support/function-bundles.ts';

const entries = [
  'http/admin',
  'http/organization',
  'http/support',
  'http/machines',
  'http/webhooks',
  'approvals/approvals',
  'clerk/gateway',
  'machines/key-broker',
  'machines/webhook-sender',
  'streams/audit-writer',
  'streams/event-publisher',
  'streams/redrive',
  'schedules/canary',
  'schedules/usage',
  'schedules/invitations',
  'schedules/audit-checkpoints',
  'schedules/drift',
  'schedules/reminders',
] as const satisfies readonly FunctionEntry[];

const digest = (directory: string) =>
  readdirSync(directory)
    .toSorted()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(directory, name)))
          .digest('hex')}`,
    );

describe.each(entries)('the bundle of %s', (entry) => {
  let bundle: FunctionBundle;
  beforeAll(() => {
    bundle = bundleOf(entry);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  test('loads as an ES module and exports its handler', async () => {
    for (const [name, value] of Object.entries(everySetting)) vi.stubEnv(name, value);
    const module: unknown = await import(pathToFileURL(join(bundle.directory, 'index.mjs')).href);
    expect(module).toHaveProperty('handler', expect.any(Function));
  });

  test('brings everything it imports, the AWS SDK too, but Node’s own modules', () => {
    const outside = Object.values(bundle.metafile.outputs)
      .flatMap(({ imports }) => imports)
      .filter(({ external }) => external)
      .map(({ path }) => path.replace(/^node:/, ''));
    expect(outside.filter((path) => !builtinModules.includes(path))).toEqual([]);
  });

  test('holds scripts and their source maps, and nothing of the local run', () => {
    expect(readdirSync(bundle.directory).filter((name) => !/\.mjs(\.map)?$/.test(name))).toEqual([]);
    // ElectroDB's model check is the only package module that the bundler replaces with one of our files.
    const ours = Object.keys(bundle.metafile.inputs).filter((path) => path.startsWith('infra/'));
    expect(ours.filter((path) => path !== 'infra/bundle/jsonschema-stub.ts')).toEqual([]);
  });

  test('tells its sizes, and writes the account beside the asset', () => {
    const scripts = readdirSync(bundle.directory).filter((name) => name.endsWith('.mjs'));
    const bytes = scripts.reduce(
      (sum, name) => sum + readFileSync(join(bundle.directory, name)).byteLength,
      0,
    );
    expect(bundle.totalBytes).toBe(bytes);
    expect(bundle.startBytes).toBeGreaterThan(0);
    expect(bundle.startBytes).toBeLessThanOrEqual(bundle.totalBytes);
    expect(existsSync(`${bundle.directory}.meta.json`)).toBe(true);
  });
});

describe('a bundle', () => {
  test('is the same for the same sources', () => {
    const { directory } = bundleOf('http/admin');
    // In the same folder, since source maps use relative paths.
    const again = bundleFunction('http/admin', `${directory}-again`);
    expect(digest(again.directory)).toEqual(digest(directory));
    rmSync(again.directory, { recursive: true });
  });
});
