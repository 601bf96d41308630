import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pictures } from '../../e2e/support/pictures.ts';
import { english } from '../../web/support/english.ts';

const folder = 'docs/user-guide';
const images = join(folder, 'images');
const guides = readdirSync(folder).filter((name) => name.endsWith('.md'));
const all = guides.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');

/** The position of a PNG's width. */
const pngWidth = 16;

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, what = '']) => what.replaceAll(/\s+/g, ' '));

/** Every string of the catalogue without parameters. */
const textsIn = (part: unknown): string[] => {
  if (typeof part === 'string') return [part];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(textsIn) : [];
};
const catalogue = new Set(textsIn(english));

describe('the user guides', () => {
  it.each(guides)('%s quotes in bold only what stands on the product’s pages', (name) => {
    const quoted = found(readFileSync(join(folder, name), 'utf8'), /\*\*([^*]+)\*\*/g);
    expect(quoted.length).toBeGreaterThan(5);
    expect(quoted.filter((text) => !catalogue.has(text))).toEqual([]);
  });

  it.each(guides)('%s links to what is there', (name) => {
    const linked = found(readFileSync(join(folder, name), 'utf8'), /\]\(([^)]+)\)/g);
    expect(linked.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  });

  it('show each picture that the journeys take, and no other; npm run docs:images renews them', () => {
    const taken = Object.keys(pictures).map((name) => `${name}.png`);
    expect(readdirSync(images).sort()).toEqual(taken.sort());
    expect([...new Set(found(all, /\(images\/([^)]+)\)/g))].sort()).toEqual(taken.sort());
  });

  it('keep their pictures small', () => {
    const files = readdirSync(images).map((name) => readFileSync(join(images, name)));
    expect(Math.max(...files.map(({ length }) => length))).toBeLessThan(100_000);
    expect(Math.max(...files.map((png) => png.readUInt32BE(pngWidth)))).toBeLessThanOrEqual(1280);
  });
});
