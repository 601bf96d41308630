import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { survivors } from '../../mutation/survivors.ts';
import { targets } from '../../mutation/targets.ts';
import { weakenings } from '../../sabotage/weakenings.ts';

describe('npm run sabotage', () => {
  it.each(weakenings.map((weakening) => [weakening.what, weakening] as const))(
    'finds the line that it weakens: %s',
    (_, { file, from, to, tests }) => {
      expect(readFileSync(file, 'utf8').split(from).length - 1).toBe(1);
      expect(from).not.toBe(to);
      expect(tests.filter((path) => !existsSync(path))).toEqual([]);
    },
  );

  it('weakens every layer', () => {
    expect(weakenings.length).toBeGreaterThanOrEqual(10);
    for (const folder of ['domain/access', 'domain/table', 'functions/http', 'infra/constructs'])
      expect(weakenings.filter(({ file }) => file.startsWith(folder)).length, folder).toBeGreaterThan(0);
  });
});

describe('npm run mutation', () => {
  it.each(survivors)('knows why a change may survive: $file, $code', ({ file, code }) => {
    expect(readFileSync(file, 'utf8').split(code).length - 1).toBe(1);
    expect(targets.flatMap(({ files }) => files)).toContain(file);
  });

  it.each(targets)('finds what it changes, and the tests that have to notice: $what', ({ files, tests }) => {
    expect([...files, ...tests].filter((path) => !existsSync(path))).toEqual([]);
  });
});
