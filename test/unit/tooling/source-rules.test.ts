import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Files of the project: tracked ones, and new ones that git doesn't ignore. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const sources = files.filter(
  (path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith('test/unit/tooling/'),
);

/** Type assertions that no checker could replace; each has its reason next to it. */
const boundaries = [
  'domain/table/item.ts',
  'functions/aws/stream-image.ts',
  'functions/http/resource.ts',
  'test/support/product.ts',
  'web/lib/api.ts',
  'web/text/language.tsx',
];

/** `file:line` of each source line that matches. */
const linesLike = (pattern: RegExp, paths: readonly string[] = sources): string[] =>
  paths.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );

describe('the source', () => {
  it('silences rules on types at the named boundaries only, and the compiler nowhere', () => {
    const silenced = linesLike(
      /biome-ignore.*(noExplicitAny|noUnsafeTypeAssertion)|@ts-(ignore|expect-error|nocheck)/,
    );
    expect(silenced.map((place) => place.split(':')[0])).toEqual(boundaries);
  });

  it('names types by import statements, which the import rules can see', () => {
    expect(linesLike(/(?<!await )import\('[^']+'\)\.[A-Z]/)).toEqual([]);
  });

  it('leaves no notes to finish it later', () => {
    expect(linesLike(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });

  it('has style sheets of at most 250 lines, as the linter demands of code', () => {
    const long = files.filter(
      (path) => path.endsWith('.css') && readFileSync(path, 'utf8').split('\n').length > 251,
    );
    expect(long).toEqual([]);
  });
});

describe('the lock file', () => {
  it('names no download addresses, so that each machine uses its own registry', () => {
    expect(linesLike(/"resolved"/, ['package-lock.json'])).toEqual([]);
  });
});
