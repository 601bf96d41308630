import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  accomplices,
  type FixtureFile,
  packages,
  permitted,
  targets,
  violations,
} from './import-rules.fixture.ts';

const Cruise = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
  }),
});

const write = async (root: string, { path, source }: FixtureFile): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), source);
};

const install = (root: string, name: string): Promise<unknown> =>
  Promise.all([
    write(root, {
      path: `node_modules/${name}/package.json`,
      source: `{"name":"${name}","main":"dist/index.js"}`,
    }),
    write(root, { path: `node_modules/${name}/dist/index.js`, source: '' }),
  ]);

/** Runs the project's rules over a separate tree, with the command of `npm run imports`. */
const cruise = async (root: string) => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      resolve('node_modules/.bin/depcruise'),
      ...['--config', resolve('.dependency-cruiser.mjs'), '--output-type', 'json'],
      ...['domain', 'events', 'functions', 'infra', 'web', 'test'],
    ],
    { cwd: root, maxBuffer: 16 * 1024 * 1024 },
  );
  return Cruise.parse(JSON.parse(stdout)).summary;
};

describe('the import rules', () => {
  let root: string;
  let found: Awaited<ReturnType<typeof cruise>>;
  const broken = (path: string): string[] =>
    found.violations.filter(({ from }) => from === path).map(({ rule }) => rule.name);

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'import-rules-'));
    const dependencies = Object.fromEntries(packages.map((name) => [name, '*']));
    await write(root, { path: 'package.json', source: JSON.stringify({ type: 'module', dependencies }) });
    await Promise.all([...packages, 'undeclared'].map((name) => install(root, name)));
    await Promise.all(
      [...targets, ...violations, ...accomplices, ...permitted].map((file) => write(root, file)),
    );
    found = await cruise(root);
  });
  afterAll(() => rm(root, { recursive: true }));

  it.each(violations)('$rule refuses what $path imports', ({ rule, path }) => {
    expect(broken(path)).toContain(rule);
  });

  it.each(permitted)('permit what $path imports', ({ path }) => {
    expect(broken(path)).toEqual([]);
  });

  it('one-file-adapts-a-library refuses a second adapter', () => {
    expect(found.violations.map(({ rule }) => rule.name)).toContain('one-file-adapts-a-library');
  });

  it('are each broken by a file of this test', () => {
    const tested = new Set([...violations.map(({ rule }) => rule), 'one-file-adapts-a-library']);
    expect(found.ruleSetUsed.forbidden.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual(
      [],
    );
  });
});
