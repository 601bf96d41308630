import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../../functions/http/route.ts';
import { routes } from '../../../functions/http/routes.ts';
import { unmeasured } from '../../bench/routes/cases.ts';
import { generated, renewed } from '../../docs/documents.ts';

describe('a document with a generated part', () => {
  it.each(Object.keys(generated))('%s says what the code says now; npm run docs renews it', (path) => {
    const now = renewed(path);
    expect(readFileSync(path, 'utf8')).toBe(now);
    expect(now.length).toBeGreaterThan(1000);
  });
});

const documents = globSync('**/*.md', { exclude: ['node_modules', 'cdk.out', '.local', 'test/artifacts'] });

/** Names of source files, without their folders. */
const sources = new Set(
  globSync('{domain,events,functions,infra,web,test}/**/*.{ts,tsx}').map((path) => basename(path)),
);

describe('a document', () => {
  it.each(documents)('%s leads nowhere but to what is there', (path) => {
    const links = [...readFileSync(path, 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)];
    const broken = links.map(([, to = '']) => join(dirname(path), to)).filter((to) => !existsSync(to));
    expect(broken).toEqual([]);
  });

  it.each(documents)('%s names files that exist', (path) => {
    const text = readFileSync(path, 'utf8');
    const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);
    const paths = named(/`((?:domain|events|functions|infra|web|test)\/[\w./-]+)`/g);
    expect(paths.filter((name) => !existsSync(name))).toEqual([]);
    expect(named(/`([\w.-]+\.tsx?)`/g).filter((name) => !sources.has(name))).toEqual([]);
  });
});

describe('docs/reference/access-patterns.md', () => {
  it('has every route that is measured; npm run docs:patterns renews it', () => {
    const text = readFileSync('docs/reference/access-patterns.md', 'utf8');
    const measured = Object.entries<Route>(routes).filter(([name]) => !Object.hasOwn(unmeasured, name));
    const missing = measured
      .map(([, { method, path }]) => `${method} ${path.replace('/api/', '/')}`)
      .filter(
        (route) =>
          !text.includes(`\`${route}\``) && !text.includes(`\`${route}?`) && !text.includes(`\`${route} (`),
      );
    expect(missing).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('is read in ten minutes', () => {
    expect(readFileSync('docs/architecture.md', 'utf8').split(/\s+/).length).toBeLessThanOrEqual(1300);
  });
});

describe('docs/security.md', () => {
  const rows = readFileSync('docs/security.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| (?:API|V)\d/.test(line));
  const testsOf = (row: string) => [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);

  it('names tests that exist, for each requirement or why there is none', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const tests = testsOf(row);
      if (tests.length === 0) expect(row).toContain('not tested:');
      expect(tests.filter((path) => !existsSync(path))).toEqual([]);
    }
  });
});
